"""Addresses of the automatic jobs."""

from django.urls import path

from alongside.casework.background import views

app_name = "background"
urlpatterns = [path("what-runs-by-itself/", views.what_runs, name="what_runs")]

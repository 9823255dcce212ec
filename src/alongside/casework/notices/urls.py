"""Addresses of notices."""

from django.urls import path

from alongside.casework.notices import views

app_name = "notices"
urlpatterns = [path("my-notices/", views.my_notices, name="my_notices")]

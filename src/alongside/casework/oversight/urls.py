"""Addresses of the audit trail. They hold ids, codes and days, never names."""

from django.urls import path

from alongside.casework.oversight import views

app_name = "oversight"
urlpatterns = [
    path("audit-trail/", views.trail, name="trail"),
    path("audit-trail/people/<uuid:person_id>/", views.person, name="person"),
]

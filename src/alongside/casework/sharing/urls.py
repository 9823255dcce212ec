"""Addresses of sharing."""

from django.urls import path

from alongside.casework.sharing.views import agreements

app_name = "sharing"
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.sign, name="sign"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/change/", agreements.change, name="change"),
]

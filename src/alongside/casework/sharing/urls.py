"""Addresses of sharing."""

from django.urls import path

from alongside.casework.sharing.views import agreements, choices

app_name = "sharing"
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.sign, name="sign"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/change/", agreements.change, name="change"),
    path("people/<uuid:person_id>/sharing/", choices.choices, name="choices"),
    path("people/<uuid:person_id>/sharing/agrees/", choices.agrees, name="agrees"),
    path("people/<uuid:person_id>/sharing/refuses/", choices.refuses, name="refuses"),
    path(
        "people/<uuid:person_id>/sharing/<uuid:choice_id>/take-back/",
        choices.take_back,
        name="take_back_choice",
    ),
]

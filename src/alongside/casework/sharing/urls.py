"""Addresses of sharing."""

from django.urls import path

from alongside.casework.sharing.views import agreements, requests

app_name = "sharing"
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.sign, name="sign"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/change/", agreements.change, name="change"),
    path("requests/", requests.requests, name="requests"),
    path("people/<uuid:person_id>/requests/new/", requests.ask, name="request_new"),
    path("requests/<uuid:request_id>/", requests.information_request, name="request"),
    path("requests/<uuid:request_id>/letter/", requests.letter, name="letter"),
    path("requests/<uuid:request_id>/nothing-held/", requests.nothing_held, name="nothing_held"),
    path("requests/<uuid:request_id>/refuse/", requests.refuse, name="refuse"),
    path("requests/<uuid:request_id>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<uuid:request_id>/chase/", requests.chase, name="chase"),
]

"""Addresses of sharing."""

from django.urls import path

from alongside.casework.sharing.views import advice, agreements, choices, decisions, drafts, requests, told

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
    path("people/<uuid:person_id>/sharing/decisions/", decisions.decisions, name="decisions"),
    path("people/<uuid:person_id>/sharing/decide/", drafts.begin, name="decide"),
    path("sharing/drafts/<uuid:draft_id>/", drafts.draft, name="draft"),
    path("sharing/drafts/<uuid:draft_id>/without-request/", drafts.without_request, name="without_request"),
    path("sharing/drafts/<uuid:draft_id>/correct-later/", drafts.correct_later, name="correct_later"),
    path("sharing/drafts/<uuid:draft_id>/discard/", drafts.discard, name="discard"),
    path("sharing/drafts/<uuid:draft_id>/advice/", advice.ask, name="ask_for_advice"),
    path("sharing/drafts/<uuid:draft_id>/told/", drafts.items, name="items"),
    path("sharing/drafts/<uuid:draft_id>/told/add/", drafts.item, name="item"),
    path("sharing/drafts/<uuid:draft_id>/<slug:step>/", drafts.step, name="step"),
    path("sharing/decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("sharing/decisions/<uuid:decision_id>/second/", decisions.look_second, name="look_second"),
    path("sharing/decisions/<uuid:decision_id>/later/", decisions.later_view, name="later_view"),
    path("sharing/decisions/<uuid:decision_id>/again/", decisions.look_again, name="look_again"),
    path("sharing/decisions/<uuid:decision_id>/correct/", decisions.correct, name="correct"),
    path("sharing/advice/<uuid:advice_id>/", advice.advice, name="advice"),
    path("sharing/advice/<uuid:advice_id>/lawyer/", advice.lawyer, name="lawyer"),
    path("shared-with-us/", told.told, name="told"),
    path("shared-with-us/<uuid:disclosure_id>/", told.one, name="told_one"),
    path("shared-with-us/<uuid:disclosure_id>/confirm/", told.confirm, name="confirm"),
    path(
        "shared-with-us/<uuid:disclosure_id>/changed/<uuid:notice_id>/",
        told.confirm_correction,
        name="confirm_correction",
    ),
    path("requests/", requests.requests, name="requests"),
    path("people/<uuid:person_id>/requests/new/", requests.ask, name="request_new"),
    path("requests/<uuid:request_id>/", requests.information_request, name="request"),
    path("requests/<uuid:request_id>/letter/", requests.letter, name="letter"),
    path("requests/<uuid:request_id>/nothing-held/", requests.nothing_held, name="nothing_held"),
    path("requests/<uuid:request_id>/refuse/", requests.refuse, name="refuse"),
    path("requests/<uuid:request_id>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<uuid:request_id>/chase/", requests.chase, name="chase"),
]

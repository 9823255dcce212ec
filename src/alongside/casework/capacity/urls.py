"""URLs of capacity pages, below a person's. They hold ids, never words."""

from django.urls import path

from alongside.casework.capacity.views import advance, advocacy, decisions, records

app_name = "capacity"
urlpatterns = [
    path("<uuid:person_id>/capacity/", decisions.decisions, name="decisions"),
    path("<uuid:person_id>/capacity/new/", records.assess, name="assess"),
    path("<uuid:person_id>/capacity/in-advance/", advance.keep, name="keep_advance"),
    path(
        "<uuid:person_id>/capacity/in-advance/<uuid:statement_id>/withdraw/",
        advance.withdraw,
        name="withdraw_advance",
    ),
    path("<uuid:person_id>/capacity/advocacy/", advocacy.ask, name="ask_advocacy"),
    path("<uuid:person_id>/capacity/advocacy/<uuid:advocacy_id>/", advocacy.advocacy, name="advocacy"),
    path("<uuid:person_id>/capacity/<uuid:record_id>/", decisions.record, name="record"),
    path("<uuid:person_id>/capacity/<uuid:record_id>/sheet/", decisions.sheet, name="sheet"),
    path("<uuid:person_id>/capacity/<uuid:record_id>/again/", records.assess_again, name="assess_again"),
    path("<uuid:person_id>/capacity/<uuid:record_id>/views/", records.view, name="give_view"),
    path("<uuid:person_id>/capacity/<uuid:record_id>/advice/", records.advice, name="advice"),
    path(
        "<uuid:person_id>/capacity/<uuid:record_id>/best-interests/",
        records.best_interests,
        name="best_interests",
    ),
]

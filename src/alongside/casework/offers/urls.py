"""Addresses of offers. They hold ids, never names."""

from django.urls import path

from alongside.casework.offers.views import offers, report

app_name = "offers"
urlpatterns = [
    path("people/<uuid:person_id>/offers/", offers.offers, name="offers"),
    path("people/<uuid:person_id>/offers/new/", offers.offer, name="offer"),
    path("people/<uuid:person_id>/offers/not-offered/", offers.not_offered, name="not_offered"),
    path("people/<uuid:person_id>/offers/not-offered/<uuid:not_offered_id>/look/", offers.look, name="look"),
    path("people/<uuid:person_id>/offers/<uuid:offer_id>/answer/", offers.answer, name="answer"),
    path("offers/report/", report.report, name="report"),
    path("offers/report/csv/", report.report_file, name="report_file"),
]

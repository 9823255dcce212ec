"""Addresses of what people ask of us. They hold ids, never names."""

from django.urls import path

from alongside.casework.rights.views import desk, disputes, giving, keeping, requests, statement

app_name = "rights"
urlpatterns = [
    path("people/<uuid:person_id>/rights/new/", requests.take, name="take"),
    path("people/<uuid:person_id>/your-information/", statement.statement, name="statement"),
    path("people/<uuid:person_id>/your-information/read/", statement.hand_over, name="statement_hand_over"),
    path("people/<uuid:person_id>/your-information/paper/", statement.paper, name="statement_paper"),
    path("people/<uuid:person_id>/your-information/document/", statement.document, name="statement_document"),
    path("people/<uuid:person_id>/your-information/easy-read/", statement.easy_read, name="statement_easy"),
    path("people/<uuid:person_id>/your-information/given/", statement.given, name="statement_given"),
    path("your-information/", statement.read, name="read_statement"),
    path("rights/", requests.requests, name="requests"),
    path("rights/new/", requests.find_and_take, name="find_and_take"),
    path("people/<uuid:person_id>/rights/disputes/", disputes.disputes_of, name="disputes_of"),
    path(
        "people/<uuid:person_id>/rights/disputes/entry/<uuid:entry_id>/",
        disputes.dispute_entry,
        name="dispute_entry",
    ),
    path(
        "people/<uuid:person_id>/rights/disputes/<str:table>/<str:row>/",
        disputes.dispute_row,
        name="dispute_row",
    ),
    path("rights/disputes/", disputes.disputes, name="disputes"),
    path("rights/disputes/<uuid:dispute_id>/", disputes.dispute, name="dispute"),
    path("rights/letting-go/", keeping.disposals, name="disposals"),
    path("rights/letting-go/confirm/", keeping.confirm, name="let_go"),
    path("rights/letting-go/<uuid:disposal_id>/", keeping.disposal, name="disposal"),
    path("rights/letting-go/<uuid:disposal_id>/may-go/", keeping.mark, name="mark_to_go"),
    path("rights/letting-go/<uuid:disposal_id>/hold/", keeping.hold, name="hold"),
    path("rights/holds/<uuid:hold_id>/lift/", keeping.lift, name="lift_hold"),
    path("rights/<uuid:asked_id>/", requests.access_request, name="request"),
    path("rights/<uuid:asked_id>/identity/asked/", requests.ask_identity, name="ask_identity"),
    path("rights/<uuid:asked_id>/identity/", requests.identity, name="identity"),
    path("rights/<uuid:asked_id>/asked/", requests.clarify, name="clarify"),
    path("rights/<uuid:asked_id>/answered/", requests.clarified, name="clarified"),
    path("rights/<uuid:asked_id>/longer/", requests.extend, name="extend"),
    path("rights/<uuid:asked_id>/close/", requests.close, name="close"),
    path("rights/<uuid:asked_id>/bundle/", desk.desk, name="desk"),
    path("rights/<uuid:asked_id>/bundle/up-to-date/", desk.up_to_date, name="up_to_date"),
    path("rights/<uuid:asked_id>/bundle/ready/", desk.ready, name="ready"),
    path("rights/<uuid:asked_id>/bundle/read/", giving.read, name="read"),
    path("rights/<uuid:asked_id>/bundle/<str:table>/<str:row>/", desk.line, name="line"),
    path("rights/<uuid:asked_id>/bundle/<str:table>/<str:row>/looked/", desk.looked, name="looked"),
    path("rights/<uuid:asked_id>/withheld/<uuid:withheld_id>/back/", desk.take_back, name="take_back"),
    path("rights/<uuid:asked_id>/release/", giving.release, name="release"),
    path("rights/<uuid:asked_id>/back/", giving.back, name="back"),
    path("rights/<uuid:asked_id>/paper/", giving.paper, name="paper"),
    path("rights/<uuid:asked_id>/document/", giving.document, name="document"),
    path("rights/<uuid:asked_id>/data/", giving.data, name="data"),
    path("rights/<uuid:asked_id>/given/", giving.given, name="given"),
]

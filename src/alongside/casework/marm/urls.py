"""Addresses of concerns and cases. They hold ids, never names."""

from django.urls import path

from alongside.casework.marm.views import cases, concerns, invitations, leading, meetings, minutes

app_name = "marm"
urlpatterns = [
    path("people/<uuid:person_id>/concerns/", concerns.concerns, name="concerns"),
    path("people/<uuid:person_id>/concerns/new/", concerns.raise_one, name="raise_concern"),
    path("people/<uuid:person_id>/concerns/<uuid:concern_id>/", concerns.meant, name="meant"),
    path("people/<uuid:person_id>/concerns/screen/<slug:forum>/", concerns.screen, name="screen"),
    path("people/<uuid:person_id>/concerns/onward/<slug:forum>/", concerns.send, name="send_onward"),
    path("people/<uuid:person_id>/concerns/came/<uuid:onward_id>/", concerns.came, name="came_back"),
    path("people/<uuid:person_id>/case/new/", cases.ask, name="ask_for_case"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/open/", cases.open_it, name="open_case"),
    path("cases/<uuid:case_id>/decline/", cases.decline, name="decline_case"),
    path("cases/<uuid:case_id>/lead/", leading.ask, name="ask_to_lead"),
    path("cases/<uuid:case_id>/lead/accept/", leading.accept, name="accept_lead"),
    path("cases/<uuid:case_id>/lead/decline/", leading.decline, name="decline_lead"),
    path("cases/<uuid:case_id>/agencies/", invitations.agencies, name="agencies"),
    path("cases/<uuid:case_id>/agencies/invite/", invitations.invite, name="invite_agency"),
    path("cases/<uuid:case_id>/agencies/leave/", invitations.leave, name="leave_case"),
    path("invitations/<uuid:invitation_id>/", invitations.invitation, name="invitation"),
    path("invitations/<uuid:invitation_id>/accept/", invitations.accept, name="accept_invitation"),
    path("invitations/<uuid:invitation_id>/decline/", invitations.decline, name="decline_invitation"),
    path("cases/<uuid:case_id>/meetings/", meetings.meetings, name="meetings"),
    path("cases/<uuid:case_id>/meetings/ask/", meetings.ask, name="ask_for_meeting"),
    path("cases/<uuid:case_id>/meetings/set/", meetings.set_one, name="set_meeting"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/change/", meetings.change, name="change_meeting"),
    path("meetings/<uuid:meeting_id>/cancel/", meetings.cancel, name="cancel_meeting"),
    path("meetings/<uuid:meeting_id>/answer/", meetings.answer, name="answer_meeting"),
    path("meetings/<uuid:meeting_id>/calendar.ics", meetings.calendar, name="meeting_calendar"),
    path("meetings/<uuid:meeting_id>/reports/", minutes.reports, name="reports"),
    path("meetings/<uuid:meeting_id>/reports/send/", minutes.report, name="send_report"),
    path("meetings/<uuid:meeting_id>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<uuid:meeting_id>/minutes/write/", minutes.write, name="write_minutes"),
    path("meetings/<uuid:meeting_id>/minutes/family/", minutes.family, name="hear_family"),
    path("meetings/<uuid:meeting_id>/minutes/add/", minutes.add, name="add_to_minutes"),
]

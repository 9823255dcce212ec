"""Addresses of concerns and cases. They hold ids, never names."""

from django.urls import path

from alongside.casework.marm.views import actions, bringing, cases, concerns, decisions, leading

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
    path("cases/<uuid:case_id>/actions/", actions.actions, name="actions"),
    path("cases/<uuid:case_id>/actions/new/", actions.plan, name="plan_action"),
    path("actions/", actions.mine, name="my_actions"),
    path("actions/<uuid:action_id>/", actions.action, name="action"),
    path("actions/<uuid:action_id>/accept/", actions.accept, name="accept_action"),
    path("actions/<uuid:action_id>/goes/", actions.stands, name="action_stands"),
    path("actions/<uuid:action_id>/hand-over/", actions.hand_over, name="hand_action_over"),
    path("cases/<uuid:case_id>/decisions/", decisions.decisions, name="decisions"),
    path("cases/<uuid:case_id>/decisions/new/", decisions.decide, name="decide"),
    path(
        "cases/<uuid:case_id>/decisions/<uuid:case_decision_id>/again/",
        decisions.decide_again,
        name="decide_again",
    ),
    path("decisions/<uuid:case_decision_id>/", decisions.decision, name="decision"),
    path("cases/<uuid:case_id>/roles/", bringing.roles, name="roles"),
    path("cases/<uuid:case_id>/roles/bring/", bringing.bring, name="bring"),
]

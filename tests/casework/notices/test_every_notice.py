"""Every notice says that what waits is on the Today page: for each there is a row that shows it.

A command that sends one and is not named here fails, and so does a row that no section of the page knows.
That the row is there once somebody was told is for the tests of each app, as ``marm/test_told_on_today.py``.
"""

import ast
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from alongside.casework.accounts.views.today import covering
from alongside.casework.design.today import SECTIONS
from alongside.casework.marm.presenters import today as of_cases
from alongside.casework.marm.presenters.today_besides import ASKED as OF_AUDITS
from alongside.casework.marm.presenters.today_besides import SAID as OF_REPLIES
from alongside.casework.marm.presenters.today_meetings import SAID as OF_MEETINGS
from alongside.casework.marm.presenters.words_of_actions import ASKS as OF_ACTIONS
from alongside.casework.marm.queries.today import Asks, Waiting
from alongside.casework.marm.queries.today import Waits as Case
from alongside.casework.marm.queries.today_besides import Learns, Replied
from alongside.casework.marm.queries.today_meetings import Meets
from alongside.casework.marm.views.today import cases_of_the_day
from alongside.casework.outreach.views.today import lists_and_referrals, waiting_for_nobody
from alongside.casework.people.views.today import records_lately, to_review
from alongside.casework.rights.views.today import requests_to_answer
from alongside.casework.sharing.queries.waiting import Waits as Sharing
from alongside.casework.sharing.views.today import _LEADS_TO as OF_SHARING
from alongside.casework.sharing.views.today import agreements_to_look_at, late_looks
from alongside.casework.sources.views.today import questions_to_answer, runs_to_release

CASEWORK = Path(__file__).parents[3] / "src/alongside/casework"
TELLS = {
    "tell_holders",
    "tell_member",
    "tell_members",
    "tell_named",
    "tell_those_who_may",
    "tell_who_answers",
}
ROWS: dict[str, tuple[Any, ...]] = {
    "accounts.commands.absence.change_cover": (covering,),
    "accounts.commands.absence._name_cover": (covering,),
    "marm.commands.actions.plan_action": (Asks.TO_ACCEPT,),
    "marm.commands.actions.hand_action_over": (Asks.TO_ACCEPT,),
    "marm.commands.actions._tell": (Asks.DUE, Asks.LATE, Asks.LATE_IN_CASE, Asks.TO_CHASE),
    "marm.commands.actions._tell_who_manages": (Asks.LATE_OF_TEAM,),
    "marm.commands.answering_asked.decline_meeting": (Meets.NOT_SET, Meets.TO_SET_AFTER_ALL),
    "marm.commands.asking.ask_for_case": (Case.TO_ANSWER,),
    "marm.commands.asking.open_case": (Case.WITHOUT_LEAD,),
    "marm.commands.asking.decline_case": (Case.DECLINED,),
    "marm.commands.auditing_cases.begin_case_audit": (Learns.TO_LOOK,),
    "marm.commands.auditing_cases.close_case_audit": (Learns.TO_CHANGE,),
    "marm.commands.disputes.tell_of_late_rungs": (cases_of_the_day,),
    "marm.commands.disputes._tell_both_and_who_steers": (cases_of_the_day,),
    "marm.commands.disputes._tell_who_steers": (cases_of_the_day,),
    "marm.commands.drifting._tell": (cases_of_the_day,),
    "marm.commands.ending.answer_what_remains": (Replied.AGREES, Replied.DOES_NOT_AGREE),
    "marm.commands.ending._say_what_becomes": (Asks.WITH_CASE,),
    "marm.commands.ending._put_what_remains": (cases_of_the_day,),
    "marm.commands.harm.note_harm": (Case.HARM,),
    "marm.commands.invitations.invite_agency": (cases_of_the_day,),
    "marm.commands.invitations.accept_invitation": (Replied.COMES,),
    "marm.commands.invitations.decline_invitation": (Replied.DOES_NOT_COME,),
    "marm.commands.leading.ask_to_lead": (Case.TO_LEAD,),
    "marm.commands.meetings.ask_for_meeting": (Meets.TO_SET,),
    "marm.commands.meetings.set_meeting": (Meets.SET, Meets.TO_ANSWER),
    "marm.commands.meetings._tell_invited": (Meets.TO_ANSWER, Meets.CANCELLED, Meets.CALLED_OFF),
    "marm.commands.reviewing.raise_review_of_declines": (Meets.TO_REVIEW,),
    "marm.commands.reviewing.answer_review": (Meets.REVIEWED,),
    "marm.commands.stepping_back.step_back": (Case.STEPPED_BACK,),
    "outreach.commands.distributing._distribute": (lists_and_referrals,),
    "outreach.commands.distributing.raise_item": (lists_and_referrals,),
    "outreach.commands.giving.offer_item": (lists_and_referrals,),
    "outreach.commands.giving.answer_hand_over": (lists_and_referrals,),
    "outreach.commands.giving._give": (lists_and_referrals,),
    "outreach.commands.parting._raise_apart": (lists_and_referrals, waiting_for_nobody),
    "outreach.commands.referring.make_referral": (lists_and_referrals,),
    "outreach.commands.referring.accept_referral": (lists_and_referrals,),
    "outreach.commands.referring.decline_referral": (lists_and_referrals,),
    "outreach.commands.referring.complete_referral": (lists_and_referrals,),
    "outreach.commands.referring._on_own_list": (lists_and_referrals,),
    "outreach.commands.taking_back.take_referral_back": (lists_and_referrals,),
    "outreach.commands.working._question_data": (questions_to_answer,),
    "people.commands.emergencies._open": (to_review,),
    "people.commands.identity.part_people": (records_lately,),
    "people.commands.involvement.ask_whether_known": (Sharing.KNOWN,),
    "people.commands.involvement.answer_whether_known": (Sharing.KNOWN_OR_NOT,),
    "rights.commands.keeping.hold_after_harm": (requests_to_answer,),
    "rights.commands.parting.count_for_both": (requests_to_answer,),
    "sharing.commands.agreements.remind_of_ends": (agreements_to_look_at,),
    "sharing.commands.decisions.decide": (Sharing.SECOND, Sharing.EMERGENCY),
    "sharing.commands.drafts.give_advice": (Sharing.ADVISED,),
    "sharing.commands.looking.chase_late_looks": (Sharing.EMERGENCY, late_looks),
    "sharing.commands.requests.ask_for_information": (Sharing.ASKED,),
    "sharing.commands.requests.say_nothing_is_held": (Sharing.REPLIED,),
    "sharing.commands.requests.refuse_request": (Sharing.REPLIED,),
    "sharing.commands.requests._chase": (Sharing.LAST_DAY, Sharing.SILENT, Sharing.ASKED),
    "sources.commands.questions.ask_data_question": (questions_to_answer,),
    "sources.commands.questions.tell_who_answers": (questions_to_answer,),
    "sources.commands.questions._tell_the_others": (questions_to_answer,),
    "sources.commands.releases.open_run": (runs_to_release,),
}
"""Each command that sends a notice, and the rows of the Today page that show what it is about."""


def test_every_command_that_sends_a_notice_names_the_row_of_today_that_shows_it() -> None:
    assert set(_senders()) == set(ROWS)


def test_every_row_that_is_named_is_known_to_a_section_of_today() -> None:
    known = [*OF_ACTIONS, *OF_AUDITS, *OF_REPLIES, *OF_MEETINGS, Meets.CALLED_OFF, *OF_SHARING, *SECTIONS]
    known += [each for each in Case if _is_said(each)]
    # with its type: codes of different lists may be the same word
    typed = {(type(each), each) for each in known}
    assert [(name, row) for name, rows in ROWS.items() for row in rows if (type(row), row) not in typed] == []


def _is_said(waits: Case) -> bool:
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    return bool(of_cases.case_line(Waiting(waits, uuid4(), "Bee", "other", now), now).text)


def _senders() -> list[str]:
    """Functions that call one of those that note that something waits."""
    found = []
    for path in CASEWORK.rglob("*.py"):
        if path.is_relative_to(CASEWORK / "notices"):
            continue
        module = ".".join(path.relative_to(CASEWORK).with_suffix("").parts)
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(each, ast.FunctionDef) and any(map(_tells, ast.walk(each))):
                found.append(f"{module}.{each.name}")  # noqa: PERF401
    return found


def _tells(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TELLS

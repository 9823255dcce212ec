"""Whoever asks for a meeting is answered: one is set, or none is and why; what waits is on a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.marm.conftest import AnActor
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.area.marm_models import MeetingAnswered
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.answering_asked import decline_meeting
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.leading import accept_lead, ask_to_lead
from alongside.casework.marm.commands.meetings import (
    answer_meeting,
    ask_for_meeting,
    cancel_meeting,
    set_meeting,
)
from alongside.casework.marm.commands.minutes import send_report
from alongside.casework.marm.models import Case, Meeting, MeetingAsked
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.meetings import meetings_shown
from alongside.casework.marm.queries.meetings import meetings_page
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.marm.queries.today_meetings import MeetingToday, Meets
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.meetings_asked import AskedState, answer_due, state_of
from alongside.casework.marm.rules.reports import Report
from alongside.casework.marm.rules.stages import Urgency
from alongside.casework.operations.running import tell_database

Day = Callable[[str], list[MeetingToday]]


@pytest.fixture
def led(who: AnActor, riverside_now: Universe, opened: Case, now: datetime) -> Case:
    """The case, led by Wes, who is no co-ordinator."""
    wes = riverside_now.members["Wes Tanner"].id
    ask_to_lead(actor=who("Asha Patel"), at=now, case_id=opened.id, membership_id=wes, why="The home first")
    accept_lead(actor=who("Wes Tanner"), at=now, case_id=opened.id)
    return opened


@pytest.fixture
def asking(who: AnActor, led: Case, now: datetime) -> Callable[[Urgency], MeetingAsked]:
    return lambda urgency: ask_for_meeting(
        actor=who("Joan Adeyemi"), at=now, case_id=led.id, urgency=urgency, why="Nobody knows who rings her"
    )


@pytest.fixture
def of_day(who: AnActor, opened: Case, now: datetime) -> Day:
    """What meetings about Bee ask of somebody's day."""

    def found(name: str) -> list[MeetingToday]:
        waiting = waiting_in_cases(actor=who(name), day=timezone.localdate(now))
        return [each for each in waiting.meetings if each.known_as == "Bee"]

    return found


def test_where_it_stands_and_until_when_it_is_answered() -> None:
    given = {"met": False, "urgent": True, "declined": False, "stands": False}
    assert state_of(**given) is AskedState.WAITS
    assert state_of(**given | {"declined": True}) is AskedState.TO_COORDINATOR
    assert state_of(**given | {"declined": True, "stands": True}) is AskedState.DECLINED
    assert state_of(**given | {"declined": True, "urgent": False}) is AskedState.DECLINED
    assert state_of(**given | {"declined": True, "met": True}) is AskedState.MET
    friday = datetime(2026, 11, 6, 15, 0, tzinfo=UTC)
    limits = MeetingAnswered()
    assert answer_due(friday, Urgency.HIGH, limits) == datetime(2026, 11, 10, 0, 0, tzinfo=UTC)
    assert answer_due(friday, Urgency.OTHER, limits) == datetime(2026, 11, 12, 0, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_who_leads_declines_and_whoever_asked_is_told_why(
    who: AnActor, asking: Callable[[Urgency], MeetingAsked], of_day: Day, led: Case, now: datetime
) -> None:
    asked = asking(Urgency.OTHER)
    assert [each.meets for each in of_day("Wes Tanner")] == [Meets.TO_SET]
    assert [each.meets for each in of_day("Mair Pugh")] == [Meets.TO_SET]
    assert of_day("Joan Adeyemi") == []
    given: dict[str, Any] = {"at": now, "asked_id": asked.id}
    with pytest.raises(NotAllowedError):
        decline_meeting(actor=who("Joan Adeyemi"), why="No", **given)
    with pytest.raises(UnsaidError):
        decline_meeting(actor=who("Wes Tanner"), why=" ", **given)
    with pytest.raises(NotFoundError):
        decline_meeting(actor=who("Tom Reilly"), why="Not ours", **given)
    decline_meeting(actor=who("Wes Tanner"), why="I ring her on Mondays.", **given)
    assert of_day("Wes Tanner") == of_day("Mair Pugh") == []
    (told,) = of_day("Joan Adeyemi")
    assert (told.meets, told.about) == (Meets.NOT_SET, led.id)
    shown = meetings_shown(meetings_page(actor=who("Joan Adeyemi"), case_id=led.id), now).asked[0]
    assert shown.state.words == "No meeting"
    assert "I ring her on Mondays." in shown.answers[0]
    with pytest.raises(AlreadyDoneError):
        decline_meeting(actor=who("Wes Tanner"), why="Again", **given)


@pytest.mark.django_db
def test_an_urgent_one_that_who_leads_declines_goes_to_the_co_ordinator(
    who: AnActor, asking: Callable[[Urgency], MeetingAsked], of_day: Day, led: Case, now: datetime
) -> None:
    given: dict[str, Any] = {"at": now, "asked_id": asking(Urgency.HIGH).id}
    decline_meeting(actor=who("Wes Tanner"), why="It can wait.", **given)
    assert [each.meets for each in of_day("Mair Pugh")] == [Meets.TO_SET_AFTER_ALL]
    assert of_day("Wes Tanner") == []
    with pytest.raises(NotAllowedError):
        decline_meeting(actor=who("Wes Tanner"), why="It can wait.", **given)
    decline_meeting(actor=who("Mair Pugh"), why="She has a key worker since noon.", **given)
    assert of_day("Mair Pugh") == []
    shown = meetings_shown(meetings_page(actor=who("Joan Adeyemi"), case_id=led.id), now).asked[0]
    assert [line.split(": ")[1] for line in shown.answers] == [
        "It can wait.", "She has a key worker since noon.",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_meeting_answers_and_one_that_is_cancelled_lets_whoever_asked_wait_again(
    who: AnActor,
    asking: Callable[[Urgency], MeetingAsked],
    of_day: Day,
    led: Case,
    plan: Plan,
    council: str,
    now: datetime,
) -> None:
    asking(Urgency.HIGH)
    mair = who("Mair Pugh")
    meeting = set_meeting(actor=mair, at=now, case_id=led.id, plan=plan, invited=[council])
    shown = meetings_shown(meetings_page(actor=mair, case_id=led.id), now).asked[0]
    assert (shown.state.words, shown.meeting_href) == ("A meeting was set", f"/meetings/{meeting.id}/")
    assert Meets.TO_SET not in [each.meets for each in of_day("Mair Pugh")]
    cancel_meeting(actor=mair, at=now, meeting_id=meeting.id, why="She is in hospital.")
    assert Meets.TO_SET in [each.meets for each in of_day("Mair Pugh")]
    other = replace(plan, begins_at=plan.begins_at + timedelta(days=1))
    set_meeting(actor=mair, at=now, case_id=led.id, plan=other, invited=[council], meant=True)
    assert Meets.TO_SET not in [each.meets for each in of_day("Mair Pugh")]


@pytest.mark.django_db
def test_late_is_said_where_nobody_answers_in_time(
    who: AnActor, riverside_now: Universe, asking: Callable[[Urgency], MeetingAsked], led: Case, now: datetime
) -> None:
    asked = asking(Urgency.HIGH)
    page = meetings_page(actor=who("Joan Adeyemi"), case_id=led.id)
    assert meetings_shown(page, now).asked[0].late == ""
    assert "An answer was due by" in meetings_shown(page, now + timedelta(days=9)).asked[0].late
    browser = browser_of(riverside_now.members["Wes Tanner"].user)
    form = f"/cases/meetings-asked/{asked.id}/decline/"
    assert form in browser.get(f"/cases/{led.id}/meetings/").content.decode()
    assert browser.post(form, {"why": ""}).status_code == 422
    assert browser.post(form, {"why": "Not yet"}).status_code == 302


@pytest.mark.django_db
@pytest.mark.proves("MARM-20")
def test_who_is_invited_sees_the_next_meeting_the_report_they_owe_and_who_cannot_come(
    who: AnActor, riverside_now: Universe, led: Case, plan: Plan, of_day: Day, now: datetime
) -> None:
    see = riverside_now.organisations
    tell_database(who("Mair Pugh"))
    led.take_in(organisation_id=see["been_there"].id, by="Mair Pugh", at=now)
    invited = [str(see[code].id) for code in ("riverside_council", "been_there")]
    meeting: Meeting = set_meeting(actor=who("Mair Pugh"), at=now, case_id=led.id, plan=plan, invited=invited)
    assert [each.meets for each in of_day("Joan Adeyemi")] == [Meets.TO_ANSWER]
    assert [each.meets for each in of_day("Wes Tanner")] == [Meets.TO_ANSWER, Meets.NEXT]
    answer = {"at": now, "meeting_id": meeting.id}
    answer_meeting(actor=who("Joan Adeyemi"), coming=Coming.COMES, **answer)
    assert [each.meets for each in of_day("Joan Adeyemi")] == [Meets.REPORT_OWED, Meets.NEXT]
    assert [each.meets for each in of_day("Asha Patel")] == []
    report = Report(nothing_known=True, strengths="She reads")
    send_report(actor=who("Asha Patel"), at=now, meeting_id=meeting.id, report=report)
    assert [each.meets for each in of_day("Joan Adeyemi")] == [Meets.NEXT]
    answer_meeting(
        actor=who("Dee Marsh"), coming=Coming.APOLOGY, why_not=WhyNot.NO_CAPACITY, words="Two of us", **answer
    )
    (apologies, following) = of_day("Wes Tanner")
    assert (apologies.meets, apologies.names) == (Meets.CANNOT_COME, ("Been There (peer support)",))
    assert (following.meets, following.when) == (Meets.NEXT, plan.begins_at)
    assert of_day("Dee Marsh") == []
    page = browser_of(riverside_now.members["Wes Tanner"].user).get("/").content.decode()
    assert "Bee: not everybody can come to a meeting" in page


@pytest.mark.django_db
def test_raw_sql_changes_no_answer(
    who: AnActor, asking: Callable[[Urgency], MeetingAsked], now: datetime
) -> None:
    asked = asking(Urgency.HIGH)
    decline_meeting(actor=who("Mair Pugh"), at=now, asked_id=asked.id, why="She is safe.")
    for change in (
        "why = 'Another'", "declined_why = 'Another'", "stands_why = 'Another'",
        "asked_by_id = gen_random_uuid()",
    ):  # fmt: skip
        tell_database(who("Mair Pugh"))
        statement = f"update marm_meetingasked set {change}"
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

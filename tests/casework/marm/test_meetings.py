"""Meetings are asked for by anybody, set by who steers, chaired by another than who leads, and answered."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.marm.conftest import AnActor
from tests.casework.opened import both_are_kept
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.meetings import (
    ChairLeadsError,
    InDoubtError,
    answer_meeting,
    ask_for_meeting,
    cancel_meeting,
    change_meeting,
    set_meeting,
)
from alongside.casework.marm.models import Case, Invited, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.meetings import meeting_shown
from alongside.casework.marm.queries.meetings import meeting_page, meetings_page, to_set
from alongside.casework.marm.rules.clocks import due
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.stages import Urgency
from alongside.casework.operations.running import tell_database

pytestmark = pytest.mark.django_db


@pytest.mark.proves("MARM-19")
def test_any_agency_that_takes_part_asks_at_any_time_and_a_meeting_answers_it(
    who: AnActor, opened: Case, plan: Plan, council: str, now: datetime
) -> None:
    given: dict[str, Any] = {"at": now, "case_id": opened.id, "urgency": Urgency.HIGH}
    with pytest.raises(UnsaidError):
        ask_for_meeting(actor=who("Wes Tanner"), why=" ", **given)
    with pytest.raises(NotFoundError):
        ask_for_meeting(actor=who("Tom Reilly"), why="Now", **given)
    ask_for_meeting(actor=who("Wes Tanner"), why="The boiler is off.", **given)
    page = meetings_page(actor=who("Asha Patel"), case_id=opened.id)
    assert [each.met_at for each in page.asked] == [None]
    assert page.first_due == due(opened.asked_at, "10 working days")
    set_meeting(actor=who("Asha Patel"), at=now, case_id=opened.id, plan=plan, invited=[council])
    page = meetings_page(actor=who("Wes Tanner"), case_id=opened.id)
    assert [each.met_at for each in page.asked] == [now]
    assert page.first is not None
    assert not page.may_set


@pytest.mark.proves("MARM-21", "MARM-25")
def test_the_leads_manager_is_proposed_to_chair_and_who_leads_never_does(
    riverside_now: Universe, who: AnActor, opened: Case, plan: Plan, council: str, now: datetime
) -> None:
    asha = who("Asha Patel")
    found = to_set(actor=asha, case_id=opened.id, day=timezone.localdate(now))
    assert riverside_now.members["Asha Patel"].id not in {key for key, _name in found.chairs}
    given: dict[str, Any] = {"actor": asha, "at": now, "case_id": opened.id, "invited": [council]}
    with pytest.raises(ChairLeadsError):
        set_meeting(plan=replace(plan, chair_id=riverside_now.members["Asha Patel"].id), **given)
    with pytest.raises(ChairLeadsError):  # of an agency that takes no part
        set_meeting(plan=replace(plan, chair_id=riverside_now.members["Tom Reilly"].id), **given)
    manager = riverside_now.members["Asha Patel"].manager_id
    assert found.chair == manager
    assert "Been There (peer support)" in found.not_here


@pytest.mark.proves("MARM-17", "MARM-20")
def test_a_meeting_is_to_come_on_a_day_that_is_meant_somewhere_and_says_how_the_person_takes_part(
    who: AnActor, opened: Case, plan: Plan, council: str, now: datetime
) -> None:
    given: dict[str, Any] = {"actor": who("Mair Pugh"), "at": now, "case_id": opened.id}
    for wrong in (
        {"begins_at": now - timedelta(minutes=1)},
        {"place": " "},
        {"takes_part": ""},
    ):
        with pytest.raises(UnsaidError):
            set_meeting(plan=replace(plan, **wrong), invited=[council], **given)  # type: ignore[arg-type]
    with pytest.raises(UnsaidError):
        set_meeting(plan=plan, invited=["nobody"], **given)
    saturday = plan.begins_at + timedelta(days=(5 - plan.begins_at.weekday()) % 7)
    with pytest.raises(InDoubtError):
        set_meeting(plan=replace(plan, begins_at=saturday), invited=[council], **given)
    assert set_meeting(
        plan=replace(plan, begins_at=saturday), invited=[council], meant=True, **given
    ).priority
    with pytest.raises(NotAllowedError):
        set_meeting(plan=plan, invited=[council], **given | {"actor": who("Wes Tanner")})


def test_a_changed_meeting_asks_again_and_two_at_once_lose_nothing(
    who: AnActor, meeting: Meeting, plan: Plan, now: datetime
) -> None:
    asha, mair = who("Asha Patel"), who("Mair Pugh")
    given: dict[str, Any] = {"at": now, "meeting_id": meeting.id, "opened_version": 1}
    answer_meeting(actor=who("Wes Tanner"), at=now, meeting_id=meeting.id, coming=Coming.COMES)
    change_meeting(actor=asha, plan=replace(plan, place="The library"), **given)
    assert meeting_page(actor=asha, meeting_id=meeting.id).invited[0].coming == Coming.COMES
    with pytest.raises(StaleError):
        change_meeting(actor=mair, plan=plan, **given)
    later = replace(plan, begins_at=plan.begins_at + timedelta(hours=1))
    change_meeting(actor=mair, plan=later, **given | {"opened_version": 2})
    page = meeting_page(actor=asha, meeting_id=meeting.id)
    assert (page.meeting.version, page.invited[0].coming) == (3, Coming.NOT_YET)


def test_whoever_changed_a_meeting_is_not_said_to_have_set_it(
    who: AnActor, meeting: Meeting, plan: Plan, now: datetime
) -> None:
    def rows() -> dict[str, str]:
        return dict(meeting_shown(meeting_page(actor=who("Mair Pugh"), meeting_id=meeting.id)).rows)

    assert rows()["Set by"].startswith("Asha Patel, ")
    change_meeting(
        actor=who("Mair Pugh"), at=now, meeting_id=meeting.id, opened_version=1,
        plan=replace(plan, place="The library"),
    )  # fmt: skip
    assert "Set by" not in rows()
    assert rows()["Last changed by"].startswith("Mair Pugh, ")


def test_of_two_who_change_a_meeting_neither_undoes_what_only_the_other_changed(
    riverside_now: Universe, meeting: Meeting
) -> None:
    asha, mair = (browser_of(riverside_now.members[name].user) for name in ("Asha Patel", "Mair Pugh"))
    path = f"/meetings/{meeting.id}/change/"
    both_are_kept(asha, mair, path, only_theirs="place", only_mine="adjustments", both="takes_part")


@pytest.mark.proves("SAFE-13", "MARM-20")
def test_an_apology_has_a_reason_that_stays_with_the_agencys_name(
    who: AnActor, meeting: Meeting, now: datetime
) -> None:
    wes = who("Wes Tanner")
    given: dict[str, Any] = {"at": now, "meeting_id": meeting.id, "coming": Coming.APOLOGY}
    with pytest.raises(UnsaidError):
        answer_meeting(actor=wes, why_not=WhyNot.NO_CAPACITY, **given)
    answer_meeting(actor=wes, why_not=WhyNot.TOO_HIGH_RISK, words="Two of us would have to go.", **given)
    ours = meeting_page(actor=wes, meeting_id=meeting.id).ours
    assert ours is not None
    assert (ours.name, ours.why_not) == ("Riverside Council", WhyNot.TOO_HIGH_RISK)
    with pytest.raises(NotFoundError):
        answer_meeting(actor=who("Tom Reilly"), at=now, meeting_id=meeting.id, coming=Coming.COMES)


def test_a_meeting_is_cancelled_once_with_a_reason(who: AnActor, meeting: Meeting, now: datetime) -> None:
    given: dict[str, Any] = {"actor": who("Mair Pugh"), "meeting_id": meeting.id}
    with pytest.raises(UnsaidError):
        cancel_meeting(at=now, why="", **given)
    with pytest.raises(AlreadyDoneError):
        cancel_meeting(at=meeting.begins_at, why="Snow", **given)
    cancel_meeting(at=now, why="She is in hospital.", **given)
    with pytest.raises(AlreadyDoneError):
        cancel_meeting(at=now, why="Again", **given)
    with pytest.raises(AlreadyDoneError):
        answer_meeting(actor=who("Wes Tanner"), at=now, meeting_id=meeting.id, coming=Coming.COMES)


def test_a_calendar_learns_nothing_of_the_person_and_pages_ask_little(
    riverside_now: Universe, meeting: Meeting, django_assert_max_num_queries: Any
) -> None:
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    said = browser.get(f"/meetings/{meeting.id}/calendar.ics")
    assert said["Content-Type"] == "text/calendar; charset=utf-8"
    words = said.content.decode().replace("\r\n ", "")
    assert str(meeting.case_id)[:8] in words
    assert not [each for each in ("Bee", "kitchen", "Council", "Asha") if each in words]
    for address in (f"/cases/{meeting.case_id}/meetings/", f"/meetings/{meeting.id}/"):
        with django_assert_max_num_queries(15):
            assert browser.get(address).status_code == 200


@pytest.mark.parametrize(
    "statement",
    [
        "update marm_meetingasked set why = 'Another'",
        "update marm_meeting set number = 7",
        "update marm_meeting set takes_part = ''",
        "update marm_meeting set cancelled_at = now()",
        "update marm_invited set coming = 'apology'",
    ],
)
def test_raw_sql_makes_no_half_meeting_and_changes_no_asking(
    statement: str, who: AnActor, meeting: Meeting, now: datetime
) -> None:
    ask_for_meeting(
        actor=who("Wes Tanner"), at=now, case_id=meeting.case_id, urgency=Urgency.OTHER, why="Again"
    )
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_meeting_is_seen_by_an_agency_that_takes_no_part(who: AnActor, meeting: Meeting) -> None:
    with pytest.raises(NotFoundError):
        meeting_page(actor=who("Tom Reilly"), meeting_id=meeting.id)
    tell_database(who("Tom Reilly"))
    assert not Meeting.objects.exists()
    assert not Invited.objects.exists()
    assert isinstance(meeting.id, UUID)

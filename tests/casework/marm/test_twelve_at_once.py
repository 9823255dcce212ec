"""Twelve agencies in one meeting typing at once: nothing is lost, and nothing is there twice."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.casework.at_once import at_once
from tests.casework.marm.conftest import see_all
from tests.casework.marm.test_action_rules import planned
from tests.casework.marm.test_actions import stands
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts import commands as accounts
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.rules import NEEDED
from alongside.casework.directory.days import working_days_after
from alongside.casework.kernel.errors import AlreadyDoneError, StaleError
from alongside.casework.marm.commands.actions import note_where_it_stands, plan_action
from alongside.casework.marm.commands.meetings import answer_meeting, set_meeting
from alongside.casework.marm.commands.minutes import keep_minutes, send_report
from alongside.casework.marm.models import Action, ActionUpdate, AgencyReport, Case, Invited, Meeting, Minutes
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.rules.actions import Status
from alongside.casework.marm.rules.meetings import Coming, begins
from alongside.casework.marm.rules.minutes import Attendance, Attended, TookPart, Written
from alongside.casework.marm.rules.reports import Report, Topic
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db(transaction=True)
TWELVE = 12


@pytest.fixture
def twelve(riverside_now: Universe) -> dict[str, Actor]:
    """A member of each of twelve agencies that take part in the case about Amina."""
    at, system = timezone.now(), system_actor("tests")
    members = {}
    for number in range(TWELVE):
        agency = accounts.take_in_organisation(
            actor=system, at=at, code=f"agency_{number}", name=f"Agency {number}", kind="charity"
        )
        member = accounts.add_member(
            actor=system, at=at, organisation_id=agency.id, email=f"one{number}@example.org",
            name=f"Worker {number}", roles=["practitioner"],
        )  # fmt: skip
        accounts.note_training(
            actor=system, at=at, membership_id=member.id, course=NEEDED, done_on=timezone.localdate(at)
        )
        members[member.user.name] = member
    with transaction.atomic():
        see_all()
        case = Case.objects.get(id=riverside_now.cases["case"])
        for member in members.values():
            case.take_in(organisation_id=member.organisation_id, by="tests", at=at)
            Reach.give(
                person_id=case.person_id, organisation_id=member.organisation_id, why=ReachWhy.CASE, at=at,
                about=case.id, purpose="early_help",
            )  # fmt: skip
    everybody = replace(riverside_now, members=riverside_now.members | members)
    return {name: actor_for(everybody, name, on=timezone.localdate(at)) for name in members}


@pytest.fixture
def meeting(riverside_now: Universe, twelve: dict[str, Actor]) -> Meeting:
    at = timezone.now()
    plan = Plan(
        kind="Meeting", begins_at=begins(working_days_after(timezone.localdate(at), 6), time(10)),
        minutes=120, place="The library", online="", priority=False,
        chair_id=riverside_now.members["Gwen Hughes"].id, takes_part="In the room", adjustments="",
    )  # fmt: skip
    return set_meeting(
        actor=actor_for(riverside_now, "Mair Pugh", on=timezone.localdate(at)), at=at, plan=plan,
        case_id=riverside_now.cases["case"], invited=[str(each.member_of) for each in twelve.values()],
    )  # fmt: skip


def test_twelve_agencies_type_at_once_and_nothing_is_lost_or_there_twice(
    riverside_now: Universe, twelve: dict[str, Actor], meeting: Meeting
) -> None:
    at = timezone.now()
    day = timezone.localdate(at)
    owners = owners_of(twelve)
    told: list[str] = []

    def twice(send: Any) -> None:
        """Send a form twice, as an impatient hand does; the second is told that it is kept."""
        send()
        try:
            send()
        except AlreadyDoneError:
            told.append("told")

    def types(actor: Actor) -> None:
        answer_meeting(actor=actor, at=at, meeting_id=meeting.id, coming=Coming.COMES)
        report = Report(facts=f"What {actor.name} saw", strengths="She cooks", topics=(Topic.HOME,))
        twice(lambda: send_report(actor=actor, at=at, meeting_id=meeting.id, report=report))
        words = planned(
            words=f"{actor.name} rings her", due=day + timedelta(days=9), review=day + timedelta(days=20)
        )
        twice(
            lambda: plan_action(
                actor=actor, at=at, case_id=meeting.case_id, planned=words, membership_id=owners[actor.name]
            )
        )
        with transaction.atomic():
            see_all()
            action = Action.objects.get(words=f"{actor.name} rings her")
        note_where_it_stands(
            actor=actor, at=at, action_id=action.id, stands=stands(at, Status.IN_PROGRESS),
            opened_version=action.version,
        )  # fmt: skip

    def minutes(name: str) -> None:
        """Write a line beside what stands, and again with what another wrote meanwhile where that is told."""
        writer = actor_for(riverside_now, name, on=day)
        for line in ("first", "second", "third"):
            add_line(writer, meeting, f"{name} {line}", at)

    tasks = [*(lambda each=each: types(each) for each in twelve.values())]  # type: ignore[misc]
    tasks += [lambda name=name: minutes(name) for name in ("Gwen Hughes", "Mair Pugh", "Joan Adeyemi")]
    assert at_once(*tasks) == ["kept"] * (TWELVE + 3)
    assert len(told) == 2 * TWELVE
    with transaction.atomic():
        see_all()
        reports = list(AgencyReport.objects.filter(meeting=meeting).values_list("facts", flat=True))
        assert sorted(reports) == sorted(f"What {name} saw" for name in twelve)
        comes = Invited.objects.filter(meeting=meeting, coming=Coming.COMES)
        assert comes.count() == TWELVE
        actions = Action.objects.filter(case=meeting.case_id, words__endswith="rings her")
        assert sorted(each.words for each in actions) == sorted(f"{name} rings her" for name in twelve)
        assert set(actions.values_list("version", flat=True)) == {2}
        noted = ActionUpdate.objects.filter(action__in=actions, status=Status.IN_PROGRESS)
        assert sorted(noted.values_list("action", flat=True)) == sorted(each.id for each in actions)
        kept = Minutes.objects.get(meeting=meeting)
        lines = kept.known.split("\n")
        assert sorted(lines) == sorted(
            f"{name} {line}"
            for name in ("Gwen Hughes", "Mair Pugh", "Joan Adeyemi")
            for line in ("first", "second", "third")
        )
        assert kept.version == len(lines)


def test_two_chairs_close_at_once_and_the_minutes_are_closed_once(
    riverside_now: Universe, meeting: Meeting
) -> None:
    later = meeting.begins_at + timedelta(hours=1)
    whole = Written(TookPart.IN_PERSON, story="Her story", known="What we know")
    stale: list[str] = []

    def close(name: str) -> None:
        actor = actor_for(riverside_now, name, on=timezone.localdate())
        try:
            keep_minutes(
                actor=actor, at=later, meeting_id=meeting.id, opened_version=0, close=True,
                written=replace(whole, attendance=everybody_came(meeting)),
            )  # fmt: skip
        except StaleError:
            stale.append(name)

    at_once(*(lambda name=name: close(name) for name in ("Gwen Hughes", "Mair Pugh")))  # type: ignore[misc]
    assert len(stale) == 1
    with transaction.atomic():
        see_all()
        kept = Minutes.objects.get(meeting=meeting)
    assert (kept.version, kept.closed_by in stale) == (1, False)


def owners_of(twelve: dict[str, Actor]) -> dict[str, Any]:
    return {
        each.name: Membership.objects.get(user_id=each.user_id, organisation_id=each.organisation_id).id
        for each in twelve.values()
    }


def everybody_came(meeting: Meeting) -> dict[Any, Any]:
    with transaction.atomic():
        see_all()
        return {each.id: Attendance(Attended.PRESENT) for each in meeting.invited.all()}


def add_line(writer: Actor, meeting: Meeting, line: str, at: datetime) -> None:
    for _try in range(200):
        with transaction.atomic():
            see_all()
            stands_now = Minutes.objects.filter(meeting=meeting).first()
        known = "\n".join(filter(None, [stands_now.known if stands_now else "", line]))
        try:
            keep_minutes(
                actor=writer, at=at, meeting_id=meeting.id, written=Written(TookPart.NOT_YET, known=known),
                opened_version=stands_now.version if stands_now else 0,
            )  # fmt: skip
        except StaleError:
            continue
        return
    raise AssertionError("nobody waits that long")

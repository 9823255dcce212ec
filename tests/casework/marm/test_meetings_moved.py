"""A moved or cancelled meeting is told to those invited, and what they said about it before is not lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.notices.test_notices import name_server
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.commands.meetings import (
    answer_meeting,
    cancel_meeting,
    change_meeting,
    set_meeting,
)
from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.meetings import meeting_shown
from alongside.casework.marm.presenters.refusals import refusals_shown
from alongside.casework.marm.queries.meetings import meeting_page
from alongside.casework.marm.queries.refusals import refusals_report
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.marm.queries.today_meetings import Meets
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.notices.models import Notice
from alongside.casework.offers.rules import holding_back

pytestmark = pytest.mark.django_db
BRUISED = "We saw her bruised on Tuesday."
Told = Callable[[], set[str]]
OfDay = Callable[[str], list[Meets]]


@pytest.fixture
def told(settings: Settings) -> Told:
    """Return who has been told since it was last asked."""
    name_server(settings, "smtp://127.0.0.1:9")

    def since() -> set[str]:
        see_all()
        names = set(Notice.objects.values_list("user__name", flat=True))
        Notice.objects.all().delete()
        return names

    return since


@pytest.fixture
def of_day(who: AnActor, now: datetime) -> OfDay:
    day = timezone.localdate(now)
    return lambda name: [each.meets for each in waiting_in_cases(actor=who(name), day=day).meetings]


@pytest.fixture
def both(
    who: AnActor, riverside_now: Universe, joined: Case, plan: Plan, council: str, now: datetime
) -> Meeting:
    """A meeting to which Dee comes; Wes of the council cannot."""
    been_there = str(riverside_now.organisations["been_there"].id)
    both = [council, been_there]
    made = set_meeting(actor=who("Mair Pugh"), at=now, case_id=joined.id, plan=plan, invited=both)
    answer_meeting(actor=who("Dee Marsh"), at=now, meeting_id=made.id, coming=Coming.COMES)
    answer_meeting(
        actor=who("Wes Tanner"), at=now, meeting_id=made.id, coming=Coming.APOLOGY,
        why_not=WhyNot.NO_CAPACITY, words=BRUISED,
    )  # fmt: skip
    return made


@pytest.fixture
def moved(who: AnActor, both: Meeting, plan: Plan, told: Told, now: datetime) -> Meeting:
    """The same, three weeks later."""
    told()
    later = replace(plan, begins_at=plan.begins_at + timedelta(days=21))
    return change_meeting(
        actor=who("Mair Pugh"), at=now, meeting_id=both.id, plan=later, opened_version=1, meant=True
    )


@pytest.mark.usefixtures("moved")
def test_those_invited_are_told_of_a_new_time_and_asked_again_however_far_off(
    told: Told, of_day: OfDay
) -> None:
    assert told() == {"Dee Marsh", "Gwen Hughes"}  # managers, if there are any
    assert of_day("Dee Marsh") == [Meets.TO_ANSWER]
    assert Meets.NEXT not in of_day("Mair Pugh")  # that it comes is shown when it is soon


def test_a_new_place_is_not_asked_about(
    who: AnActor, both: Meeting, plan: Plan, told: Told, now: datetime
) -> None:
    told()
    change_meeting(
        actor=who("Mair Pugh"), at=now, meeting_id=both.id, plan=replace(plan, place="Here"), opened_version=1
    )
    assert told() == set()


def test_what_they_said_before_it_was_moved_stays_with_their_name(
    who: AnActor, moved: Meeting, now: datetime
) -> None:
    def said() -> dict[str, tuple[str, str]]:
        shown = meeting_shown(meeting_page(actor=who("Mair Pugh"), meeting_id=moved.id))
        return {each.name: (each.words, each.before) for each in shown.invited}

    see_all()
    council = moved.invited.get(name="Riverside Council")
    assert (council.coming, council.answered_by, council.answered_at) == (Coming.NOT_YET, "", None)
    before = f"Before it was moved, they said:\nWes Tanner: None of us is free. {BRUISED}"
    assert said()["Riverside Council"] == ("", before)
    assert said()["Been There (peer support)"] == ("", "")
    answer_meeting(actor=who("Wes Tanner"), at=now, meeting_id=moved.id, coming=Coming.COMES)
    assert said()["Riverside Council"] == ("", before)


def test_what_was_said_before_each_of_two_moves_is_kept(
    who: AnActor, moved: Meeting, plan: Plan, now: datetime, riverside_now: Universe
) -> None:
    answer_meeting(
        actor=who("Wes Tanner"), at=now, meeting_id=moved.id, coming=Coming.APOLOGY,
        why_not=WhyNot.NOT_OURS, words="It is for the police.",
    )  # fmt: skip
    change_meeting(actor=who("Mair Pugh"), at=now, meeting_id=moved.id, plan=plan, opened_version=2)
    page = browser_of(riverside_now.members["Dee Marsh"].user).get(f"/meetings/{moved.id}/").text
    assert BRUISED in page
    assert "It is for the police." in page


def test_an_apology_counts_until_the_agency_answers_again(
    who: AnActor, moved: Meeting, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted() -> str:
        later = timezone.localdate(now) + timedelta(days=70)
        shown = refusals_shown(refusals_report(actor=who("Mair Pugh"), day=later))
        return str(shown)

    monkeypatch.setattr(holding_back, "FEWEST", 0)
    before = counted()
    answer_meeting(actor=who("Wes Tanner"), at=now, meeting_id=moved.id, coming=Coming.COMES)
    assert "Riverside Council" in before
    assert before != counted()


def test_those_invited_are_told_that_it_is_cancelled_until_it_would_have_begun(
    who: AnActor, both: Meeting, told: Told, of_day: OfDay, now: datetime, riverside_now: Universe
) -> None:
    told()
    cancel_meeting(actor=who("Mair Pugh"), at=now, meeting_id=both.id, why="She is in hospital.")
    assert told() == {"Dee Marsh", "Gwen Hughes"}  # managers, if there are any
    assert of_day("Dee Marsh") == [Meets.CANCELLED]
    assert Meets.CANCELLED in of_day("Wes Tanner")
    today = browser_of(riverside_now.members["Dee Marsh"].user).get("/").text
    assert "Bee: a meeting was cancelled" in today
    later = waiting_in_cases(
        actor=who("Dee Marsh"), day=timezone.localdate(both.begins_at) + timedelta(days=1)
    )
    assert later.meetings == []

"""Meetings under local names, on days that are none, and over each other: pointed out, never whose case."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.area.marm_models import MeetingKind
from alongside.casework.accounts.commands import begin_absence
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.directory.days import is_bank_holiday
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.meetings import answer_meeting, cancel_meeting, set_meeting
from alongside.casework.marm.forms.meetings import ChangeMeetingForm, MeetingForm
from alongside.casework.marm.models import Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.meetings import meeting_shown
from alongside.casework.marm.queries.meetings import meeting_page
from alongside.casework.marm.rules.diary import overlap
from alongside.casework.marm.rules.meetings import Coming

KINDS = [
    MeetingKind(title="Urgent call", what_for="Something must be agreed today", minutes=30),
    MeetingKind(title="Review", what_for="What was agreed is looked at", minutes=90),
]
CHAIR = UUID(int=5)


def form_of(day: date, at: str = "14:00", **more: Any) -> MeetingForm:
    given = {
        "kind": "Review", "takes_part": "In the room", "on-day": day.day, "on-month": day.month,
        "on-year": day.year, "time": at, "place": "Here", "chair": str(CHAIR), "minutes": "",
    }  # fmt: skip
    return MeetingForm(given | more, chairs=[(CHAIR, "Gwen")], kinds=KINDS, today=timezone.localdate())


def next_sunday_of(month: int) -> date:
    """The last Sunday of a month that is to come, on which the clocks change."""
    year = timezone.localdate().year + 1
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


@pytest.fixture
def elsewhere(who: AnActor, riverside_now: Universe, meeting: Meeting, plan: Plan, now: datetime) -> Meeting:
    """A meeting about Stan that lies over the one about Bee, with the same chair; council and homes meet."""
    case = ask_for_case(
        actor=who("Tom Reilly"), at=now, person_id=riverside_now.people["Stan"], asked=asked()
    )
    open_case(actor=who("Mair Pugh"), at=now, case_id=case.id, why="Asked for again")
    homes = str(riverside_now.organisations["riverside_homes"].id)
    other = replace(plan, begins_at=plan.begins_at + timedelta(minutes=30))
    return set_meeting(actor=who("Mair Pugh"), at=now, case_id=case.id, plan=other, invited=[homes])


def warnings(who: AnActor, meeting: Meeting, name: str = "Asha Patel") -> list[str]:
    return meeting_shown(meeting_page(actor=who(name), meeting_id=meeting.id)).warnings


def test_a_kind_of_the_pack_has_its_usual_length_and_another_may_be_chosen() -> None:
    day = timezone.localdate() + timedelta(days=8)
    form = form_of(day, meant="on")
    assert form.is_valid(), form.errors
    assert (form.plan().kind, form.plan().minutes) == ("Review", 90)
    longer = form_of(day, minutes="120", meant="on")
    assert longer.is_valid()
    assert longer.plan().minutes == 120
    assert form.fields["kind"].choice_hints["Urgent call"] == (  # type: ignore[attr-defined]
        "Something must be agreed today. Usually: half an hour."
    )
    assert "kind" in form_of(day, kind="Nothing of ours").errors


def test_a_pack_that_names_no_kinds_lets_any_name_be_written_and_an_old_kind_stays() -> None:
    free = MeetingForm(chairs=[], kinds=[], today=timezone.localdate())
    assert not hasattr(free.fields["kind"], "choices")
    kept = ChangeMeetingForm(initial={"kind": "Panel"}, chairs=[], kinds=KINDS, today=timezone.localdate())
    assert [code for code, _said in kept.fields["kind"].choices] == ["Urgent call", "Review", "Panel"]  # type: ignore[attr-defined]


def test_yesterday_a_bank_holiday_and_an_hour_that_the_clocks_leave_out_are_told_beside_the_field() -> None:
    today = timezone.localdate()
    assert form_of(today - timedelta(days=1)).errors["on"] == ["That is in the past"]
    holiday = next(
        day
        for day in (today + timedelta(days=n) for n in range(1, 400))
        if is_bank_holiday(day) and day.weekday() < 5
    )
    assert "bank holiday" in form_of(holiday).errors["on"][0]
    assert form_of(holiday, meant="on").is_valid()
    gap = form_of(next_sunday_of(3), "01:30", meant="on")
    assert "there is no such time" in gap.errors["time"][0]
    assert gap.data["takes_part"] == "In the room"
    twice = form_of(next_sunday_of(10), "01:30", meant="on")
    assert twice.is_valid()
    first = datetime.combine(next_sunday_of(10), datetime.min.time(), UTC) + timedelta(minutes=30)
    assert twice.plan().begins_at == first


def test_meetings_lie_over_each_other_unless_one_ends_when_the_other_begins() -> None:
    nine = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    ten = nine + timedelta(hours=1)
    assert overlap(nine, 61, ten, 30)
    assert not overlap(nine, 60, ten, 30)
    assert not overlap(ten, 30, nine, 60)
    assert overlap(nine, 120, ten, 5)


@pytest.mark.django_db
def test_a_chair_who_is_at_another_meeting_is_pointed_out_and_never_whose_case_that_is(
    who: AnActor, riverside_now: Universe, meeting: Meeting, elsewhere: Meeting, now: datetime
) -> None:
    said = ["Gwen Hughes is in another meeting at that time."]
    assert warnings(who, meeting) == said
    assert warnings(who, elsewhere, "Tom Reilly") == said
    page = browser_of(riverside_now.members["Asha Patel"].user).get(f"/meetings/{meeting.id}/")
    assert "Stan" not in page.content.decode()
    cancel_meeting(actor=who("Mair Pugh"), at=now, meeting_id=elsewhere.id, why="He is ill.")
    assert warnings(who, meeting) == []


@pytest.mark.django_db
def test_who_said_that_they_come_and_who_is_away_are_pointed_out_with_their_cover(
    who: AnActor, riverside_now: Universe, meeting: Meeting, plan: Plan, now: datetime
) -> None:
    wes, joan = (riverside_now.members[name].id for name in ("Wes Tanner", "Joan Adeyemi"))
    answer_meeting(actor=who("Wes Tanner"), at=now, meeting_id=meeting.id, coming=Coming.COMES)
    day = timezone.localdate(plan.begins_at)
    begin_absence(
        actor=who("Wes Tanner"), at=now, membership_id=wes, on=day, until=day + timedelta(days=2),
        cover_id=joan,
    )  # fmt: skip
    assert warnings(who, meeting) == ["Wes Tanner is away that day; Joan Adeyemi is covering."]
    nobody = ["Wes Tanner is away that day, and nobody is covering."]
    begin_absence(actor=who("Joan Adeyemi"), at=now, membership_id=joan, on=day, until=day + timedelta(1))
    assert warnings(who, meeting) == nobody, "she is away herself"
    Absence.objects.filter(membership=joan).delete()
    Membership.objects.filter(id=joan).update(roles=["data_analyst"])
    assert warnings(who, meeting) == nobody, "she may not do his work any more"

"""A meeting whose chair has left says so, and the day of whoever can choose another does too."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.commands.meetings import change_meeting, set_meeting
from alongside.casework.marm.commands.stepping_back import step_back
from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.meetings import meeting_shown
from alongside.casework.marm.queries.meetings import meeting_page
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.marm.queries.today_meetings import Meets
from alongside.casework.marm.rules.stepping_back import SteppingBack

pytestmark = pytest.mark.django_db

GONE = "By then the chair no longer works in this case. Choose somebody else to chair."
SAID = SteppingBack("Our post ends.", "The council.", "She was told on Monday.", "All of them, on Monday.")


def warned(who: AnActor, meeting: Meeting) -> list[str]:
    return meeting_shown(meeting_page(actor=who("Asha Patel"), meeting_id=meeting.id)).warnings


def told(who: AnActor, name: str, meeting: Meeting, now: datetime) -> bool:
    found = waiting_in_cases(actor=who(name), day=timezone.localdate(now)).meetings
    return (Meets.CHAIR_GONE, meeting.id) in [(each.meets, each.about) for each in found]


@pytest.mark.parametrize("days", [0, 1])
def test_a_chair_who_will_have_left_by_then_is_pointed_out_until_another_is_chosen(
    days: int, riverside_now: Universe, who: AnActor, meeting: Meeting, plan: Plan, now: datetime
) -> None:
    assert warned(who, meeting) == []
    see_all()
    riverside_now.members["Gwen Hughes"].end(on=timezone.localdate(now) + timedelta(days=days))
    assert warned(who, meeting) == [GONE]
    assert [told(who, name, meeting, now) for name in ("Asha Patel", "Mair Pugh", "Wes Tanner")] == [
        True, True, False,
    ]  # fmt: skip
    day = browser_of(riverside_now.members["Mair Pugh"].user).get("/").text
    assert "Bee: choose somebody else to chair a meeting" in day
    assert f'href="/meetings/{meeting.id}/"' in day
    change_meeting(
        actor=who("Asha Patel"), at=now, meeting_id=meeting.id, opened_version=1,
        plan=replace(plan, chair_id=riverside_now.members["Joan Adeyemi"].id),
    )  # fmt: skip
    assert warned(who, meeting) == []
    assert not told(who, "Mair Pugh", meeting, now)


def test_a_chair_whose_agency_stepped_back_is_pointed_out(
    riverside_now: Universe, who: AnActor, joined: Case, plan: Plan, council: str, now: datetime
) -> None:
    chaired = replace(plan, chair_id=riverside_now.members["Dee Marsh"].id)
    given = {"at": now, "case_id": joined.id}
    meeting = set_meeting(actor=who("Asha Patel"), plan=chaired, invited=[council], **given)
    assert (warned(who, meeting), told(who, "Mair Pugh", meeting, now)) == ([], False)
    step_back(actor=who("Dee Marsh"), said=SAID, **given)
    assert (warned(who, meeting), told(who, "Mair Pugh", meeting, now)) == ([GONE], True)

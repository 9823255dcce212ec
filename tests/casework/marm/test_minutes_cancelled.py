"""Minutes of a meeting that was cancelled stand in for no others."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.casework.marm.conftest import AnActor
from tests.casework.marm.test_minutes import whole

from alongside.casework.marm.commands.meetings import cancel_meeting, set_meeting
from alongside.casework.marm.commands.minutes import hear_family, keep_minutes
from alongside.casework.marm.models import Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.queries.minutes import minutes_page
from alongside.casework.people.commands.records import note_contact
from alongside.casework.people.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def lee(who: AnActor, bee: Any, now: datetime) -> Contact:
    return note_contact(
        actor=who("Asha Patel"), at=now, person_id=bee, name="Lee", relationship="nephew",
        permission="only_if", permission_words="About the path.",
    )  # fmt: skip


def test_the_previous_minutes_are_of_a_meeting_that_was_held_and_the_own_are_always_found(
    who: AnActor, meeting: Meeting, plan: Plan, council: str, lee: Contact
) -> None:
    asha, later = who("Asha Patel"), meeting.begins_at + timedelta(hours=1)
    held = whole(meeting, next_time="Ring the surgery.")
    keep_minutes(actor=asha, at=later, meeting_id=meeting.id, written=held, opened_version=0, close=True)
    given: dict[str, Any] = {
        "actor": asha, "at": later, "case_id": meeting.case_id, "invited": [council], "meant": True,
        "plan": replace(plan, begins_at=plan.begins_at + timedelta(days=7)),
    }  # fmt: skip
    for _twice in range(2):
        cancelled = set_meeting(**given)
        hear_family(actor=asha, at=later, meeting_id=cancelled.id, contact_id=lee.id, words="It is cold.")
        cancel_meeting(actor=asha, at=later, meeting_id=cancelled.id, why="Two are away.")
    following = set_meeting(**given)

    def previous_of_it() -> str:
        page = minutes_page(actor=asha, meeting_id=following.id)
        assert page.previous is not None
        return page.previous.next_time

    assert previous_of_it() == "Ring the surgery."
    kept = keep_minutes(
        actor=asha, at=following.begins_at + timedelta(hours=1), meeting_id=following.id,
        written=whole(following), opened_version=0,
    )  # fmt: skip
    assert minutes_page(actor=asha, meeting_id=following.id).minutes == kept
    assert previous_of_it() == "Ring the surgery."
    of_cancelled = minutes_page(actor=asha, meeting_id=cancelled.id).minutes
    assert of_cancelled is not None
    assert of_cancelled.meeting_id == cancelled.id

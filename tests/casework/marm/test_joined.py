"""The pages of a case tell what every record of the person says, whichever of them the case is about."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.models import Case
from alongside.casework.marm.presenters.meetings import needs_of
from alongside.casework.marm.queries.meetings import to_set
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy

UPSTAIRS = "Do not speak to the man upstairs about me."


@pytest.mark.parametrize("kept", ["Bee", "another"])
def test_a_case_warns_of_what_any_record_says(
    riverside_now: Universe, who: AnActor, opened: Case, bee: Any, now: datetime, kept: str
) -> None:
    told = {"known_as": "Bea", "safe_contact": UPSTAIRS, "adjustments": "Large print", "interpreter": "BSL"}
    asha, gwen = who("Asha Patel"), who("Gwen Hughes")
    other = admit_person(actor=asha, at=now, why=ReachWhy.RAISED_CONCERN, known=told).id
    both = (bee, other) if kept == "Bee" else (other, bee)
    merge_people(actor=gwen, at=now, kept_id=both[0], absorbed_id=both[1], reason="One sister.")
    page = browser_of(riverside_now.members["Asha Patel"].user).get(f"/cases/{opened.id}/").content.decode()
    assert f"Before you contact them: {UPSTAIRS}" in page
    needs = needs_of(to_set(actor=asha, case_id=opened.id, day=timezone.localdate(now)))
    assert "Large print" in needs
    assert "BSL" in needs

"""The day of whoever answers cases, and of whoever asked for them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.casework.marm.conftest import AnActor, asked
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.commands.asking import ask_for_case, decline_case
from alongside.casework.marm.rules.stages import Urgency

pytestmark = pytest.mark.django_db


def test_the_day_says_how_soon_a_case_is_to_be_answered_and_tells_two_declined_ones_apart(
    riverside_now: Universe, who: AnActor, bee: Any, now: datetime
) -> None:
    asked_for, asha, mair = asked(urgency=Urgency.HIGH), who("Asha Patel"), who("Mair Pugh")
    given = {"actor": mair, "at": now, "why": "No", "advice": "Ask.", "route": "care_act_assessment"}
    for hours in (0, 1):  # never before now: yesterday, nobody worked here yet
        at = now + timedelta(hours=hours)
        case = ask_for_case(actor=asha, at=at, person_id=bee, asked=asked_for)
        (line,) = (each for each in day_of(riverside_now, "Mair Pugh") if "asked to come together" in each)
        assert "Serious harm may come within days. To be answered by" in line
        decline_case(case_id=case.id, **given)
    lines = [each for each in day_of(riverside_now, "Asha Patel") if "declined" in each]
    assert len({each.split("</a>")[0] for each in lines}) == len(lines) == 2


def day_of(universe: Universe, name: str) -> list[str]:
    page = browser_of(universe.members[name].user).get("/").text
    return [" ".join(each.split("</li>")[0].split(">", 1)[1].split()) for each in page.split("<li>")[1:]]

"""What is late stands at the head of the page of the day, whichever app it comes from, once it has a day."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.sharing.models import Agreement

pytestmark = pytest.mark.django_db
TWO_MONTHS = timedelta(days=61)


@pytest.fixture(autouse=True)
def two_months_later(at: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Nobody has done anything since the universe stood as it does."""
    later = at + TWO_MONTHS
    monkeypatch.setattr(timezone, "now", lambda: later)
    return later


def late_at_the_head(universe: Universe, name: str) -> list[str]:
    """The lines at the head of a member's day that say by how much they are late, as they are read."""
    page = browser_of(universe.members[name].user).get("/").text
    _, _, head = page.partition("Due today or late")
    lines = [" ".join(re.sub("<[^>]+>", " ", each).split()) for each in head.split("</ul>")[0].split("<li")]
    return [each for each in lines if re.search(r"\d days? late", each)]


@pytest.mark.parametrize(
    ("name", "what", "days"),
    [
        ("Asha Patel", "Valley Police should have answered by 6 October", 88),
        ("Asha Patel", "Riverside Homes asks for information by 7 November", 56),
        ("Asha Patel", "Go back to them by 24 October 2026: Asha Patel.", 70),
        ("Asha Patel", "the wound on her leg dressed", 57),
        ("Iris Okafor", "Was due on 24 November 2026", 39),
    ],
)
def test_what_is_late_is_read_first(riverside: Universe, name: str, what: str, days: int) -> None:
    (line,) = [each for each in late_at_the_head(riverside, name) if what in each]
    assert f"{days} days late" in line


def test_a_record_that_was_opened_in_an_emergency_is_reviewed_late(
    riverside: Universe, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    given = {
        "surname": "Yusuf", "reason": "She texted that she is on the bridge and will not come down.",
        "date_of_birth-day": "19", "date_of_birth-month": "5", "date_of_birth-year": "2007",
    }  # fmt: skip
    browser_of(riverside.members["Kit Lowe"].user).post("/people/emergency/", given)
    assert not [each for each in late_at_the_head(riverside, "Iris Okafor") if "Kit Lowe" in each]
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(days=5))
    (line,) = [each for each in late_at_the_head(riverside, "Iris Okafor") if "Kit Lowe" in each]
    assert "this should have been reviewed by" in line


def test_an_agreement_is_late_once_its_day_of_being_looked_at_has_gone_by_and_not_when_it_ended(
    riverside: Universe, two_months_later: datetime
) -> None:
    today, days = timezone.localdate(two_months_later), timedelta
    ours = Agreement.objects.filter(reference="ISA-RIV-009")
    began = {"signed": today - days(400), "begins": today - days(400)}
    ours.update(**began, ends=today + days(200), review=today - days(5))
    (line,) = [each for each in late_at_the_head(riverside, "Iris Okafor") if "ISA-RIV-009" in each]
    assert "5 days late" in line
    ours.update(ends=today - days(1))
    assert not [each for each in late_at_the_head(riverside, "Iris Okafor") if "ISA-RIV-009" in each]

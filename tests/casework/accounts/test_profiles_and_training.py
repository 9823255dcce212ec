"""An agency says what it does, for whom and how to reach it; and nobody is shut out by a day they forgot."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership

from alongside.casework.accounts import commands, presenters
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.rules import NEEDED, PROFILE, profile_lacks, training_runs_out

pytestmark = pytest.mark.django_db


def signed_in(membership: Membership) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": membership.user.email, "password": PASSWORD})
    return client


def test_what_a_profile_lacks_is_named_and_spaces_say_nothing() -> None:
    assert profile_lacks(dict.fromkeys(PROFILE, "said")) == []
    assert profile_lacks({"remit": "  ", "thresholds": "said"}) == [
        "remit", "how_we_work", "what_we_can_offer", "telephone",
    ]  # fmt: skip


@pytest.mark.proves("CARE-09")
def test_each_agency_says_what_it_does_for_whom_and_how_to_reach_it_and_what_is_missing_is_told(
    partnership: Partnership,
) -> None:
    lead, worker = signed_in(partnership.lead), signed_in(partnership.worker)
    address = f"/organisations/{partnership.council.id}/"
    bare = worker.get(address).text
    assert "Still missing: What we do, and for whom; When we can act; How we work" in bare
    assert "Phone them and ask." in bare
    assert "Profile not complete" in worker.get("/organisations/").text
    assert "Say what your organisation does" in lead.get("/").text
    assert "Say what your organisation does" not in worker.get("/").text
    given = {
        "remit": "Adults who need care", "thresholds": "Within two days", "how_we_work": "We come twice",
        "what_we_can_offer": "Home care", "telephone": "01632 960100",
    }  # fmt: skip
    lead.post(f"{address}change/", given)
    whole = worker.get(address).text
    places = [whole.index(words) for words in given.values()]
    assert places == sorted(places)
    assert "Still missing:" not in whole
    assert "Say what your organisation does" not in lead.get("/").text


@pytest.mark.parametrize(
    ("valid_to", "told"),
    [
        (None, False),
        (date(2026, 11, 2), False),  # it has run out
        (date(2026, 11, 3), True),
        (date(2026, 12, 14), True),
        (date(2026, 12, 15), False),
    ],
)
def test_a_training_is_told_of_for_six_weeks_before_it_runs_out(valid_to: date | None, told: bool) -> None:
    assert training_runs_out(valid_to, on=date(2026, 11, 2)) is told


def test_a_longer_training_beside_a_short_one_is_the_one_that_counts() -> None:
    day = date(2026, 11, 2)
    short, long, for_good = date(2026, 11, 9), date(2027, 11, 2), None
    assert presenters.runs_out([short], on=day) == date(2026, 11, 9)
    assert presenters.runs_out([short, long], on=day) is None
    assert presenters.runs_out([short, for_good], on=day) is None
    assert presenters.runs_out([], on=day) is None


@pytest.mark.proves("ENABLE-14")
def test_who_must_do_the_training_again_reads_so_in_time_and_so_does_who_manages_them(
    partnership: Partnership,
) -> None:
    today = timezone.localdate()
    commands.note_training(
        actor=partnership.actor(partnership.lead), at=timezone.now(), membership_id=partnership.worker.id,
        course=NEEDED, done_on=today - timedelta(days=355), valid_to=today + timedelta(days=10),
    )  # fmt: skip
    ends = f"{today + timedelta(days=10):%-d %B %Y}"
    assert f"expires on {ends}" in signed_in(partnership.worker).get("/").text
    lead = signed_in(partnership.lead)
    assert "expires on" not in lead.get("/").text
    assert f"Expires on {ends}" in lead.get("/members/").text

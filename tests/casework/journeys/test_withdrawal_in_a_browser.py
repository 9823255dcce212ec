"""A yes that is taken back, or ends, while somebody is about to share because of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.casework.journeys.conftest import AT_A_DESK, WITHOUT_SCRIPT, looked_at, signed_in_as, signed_out
from tests.casework.journeys.deciding import (
    HOMES,
    STAIRS,
    against,
    agrees,
    arrives,
    basis,
    begin,
    filled,
    go_on,
    on,
    picked,
    second_look,
    telling,
    ticked,
)
from tools.universe import Universe

STOPPED = "Nothing has been decided, and nobody has been told"


@pytest.fixture
def at_her_door(window: Browser, live_server: LiveServer, page: Page) -> Iterator[Page]:
    """A second browser, of somebody who is with Bee while the first sits in the meeting."""
    del page  # it is closed after this one
    context = window.new_context(base_url=live_server.url, viewport={"width": 320, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def about_to_share(page: Page, person: UUID, *, until: datetime) -> None:
    """Sit before all that was answered, with her yes as what it rests on."""
    signed_in_as(page, "Asha Patel")
    agrees(page, person, until=until)
    begin(page, person, decides="To share it")
    go_on(page, "Basis in law, and why it is needed")
    basis(page, "consent", "She said so.")
    telling(page)


def she_takes_it_back(page: Page, person: UUID) -> None:
    """Dee, of another organisation, writes it down as it is said."""
    signed_in_as(page, "Dee Marsh")
    page.goto(f"/people/{person}/sharing/")
    page.get_by_role("link", name="They want to take this back").click()
    looked_at(page)
    ticked(page, "They said it")
    filled(page, words="Not the landlord after all.", effect_told="That nothing more is told from now on.")
    go_on(page, "What they chose about sharing", "Write it down")


@AT_A_DESK
@pytest.mark.proves("MARM-26", "MARM-28", "MARM-29", "MARM-51")
def test_a_yes_taken_back_during_the_meeting_stops_it_and_is_respected(
    page: Page, at_her_door: Page, riverside: Universe, on_monday: datetime
) -> None:
    bee = riverside.people["Bee"]
    about_to_share(page, bee, until=on_monday + timedelta(days=90))
    she_takes_it_back(at_her_door, bee)
    # when Asha decides on the page that she had open
    go_on(page, STOPPED, "Decide")
    page.get_by_text("The person agreed to this, then took it back: that is a no.").first.wait_for()
    page.get_by_role("link", name="Respect their wishes: decide not to share").wait_for()
    looked_at(page)
    # then nothing that she wrote is lost
    page.get_by_role("link", name="How it is shared, and what the person knows").click()
    assert page.locator("[name=onward]").input_value() == "For this alone"
    page.get_by_role("link", name="All steps").click()
    # and she respects it
    page.get_by_role("link", name="What you decide").click()
    page.get_by_role("link", name="What they chose about sharing, in their words").wait_for()
    looked_at(page)
    ticked(page, "Not to share it")
    go_on(page, "Why it is not shared")
    filled(page, reason="She took her yes back.", risk="The stairs stay as they are; Dee knows.")
    page.locator("[name=safe][value=yes]").check()
    on(page, "review_on", "16", "11", "2026")
    go_on(page, "Check before you decide")
    looked_at(page)
    go_on(page, f"Not to {HOMES}", "Decide")
    looked_at(page)
    signed_out(page)
    signed_in_as(page, "Tom Reilly")
    page.goto("/shared-with-us/")
    assert page.get_by_role("link", name="Riverside Council").count() == 0


@WITHOUT_SCRIPT
@pytest.mark.proves("MARM-28", "MARM-30", "MARM-32")
def test_against_a_yes_taken_back_a_ground_is_asked_for_and_another_basis(
    page: Page, at_her_door: Page, riverside: Universe, on_monday: datetime
) -> None:
    bee = riverside.people["Bee"]
    about_to_share(page, bee, until=on_monday + timedelta(days=90))
    she_takes_it_back(at_her_door, bee)
    go_on(page, STOPPED, "Decide")
    looked_at(page)
    # when she holds it necessary all the same
    page.get_by_role("link", name="Against their wishes: the ground").click()
    ticked(page, "There is a risk to others")
    go_on(page, "Against their wishes: what the ground needs")
    against(page, "The neighbour below", "Fire on the stairs")
    # then her yes carries it no longer
    go_on(page, "Decide about sharing")
    page.get_by_text("No consent to exactly this is on record and in force today.").first.wait_for()
    looked_at(page)
    page.get_by_role("link", name="Basis in law, and why it is needed").click()
    assert page.locator("[name=confidence][value=consent]").count() == 0
    picked(page, confidence="public_interest")
    filled(page, confidence_words="The neighbour may not get out.")
    go_on(page, "Check before you decide")
    go_on(page, f"To {HOMES}", "Decide")
    page.get_by_text("Waiting for somebody else to agree: nobody has been told").first.wait_for()
    second_look(page, page.url, to=HOMES)
    arrives(page, "Tom Reilly", STAIRS["words"])


@AT_A_DESK
@pytest.mark.proves("MARM-28")
def test_a_yes_that_ends_at_midnight_carries_nothing_after_it_until_she_is_asked_again(
    page: Page, riverside: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    bee = riverside.people["Bee"]
    late = datetime(2026, 11, 9, 23, 50, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    about_to_share(page, bee, until=late)
    after = late + timedelta(minutes=20)
    monkeypatch.setattr(timezone, "now", lambda: after)
    # when Asha decides after midnight
    go_on(page, STOPPED, "Decide")
    page.get_by_text("No consent to exactly this is on record and in force today.").first.wait_for()
    looked_at(page)
    page.get_by_role("link", name="What you decide").click()
    page.get_by_text("They agreed once, and that has expired: ask again.").wait_for()
    # then she asks again, and goes on where she was
    agrees(page, bee, until=after + timedelta(days=90))
    page.goto(f"/people/{bee}/sharing/decisions/")
    page.get_by_role("link", name="Continue with a draft").click()
    page.get_by_role("heading", name="Check before you decide").wait_for()
    go_on(page, f"To {HOMES}", "Decide")
    arrives(page, "Tom Reilly", STAIRS["words"])

"""A contact worker: from the list of the day to a conversation at a door, on a phone as well as at a desk."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as
from tools.universe import Universe, actor_for

from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.rules import Priority


@pytest.fixture(autouse=True)
def universe(riverside_now: Universe, transactional_db: None) -> Universe:
    on_sams_list(riverside_now, at=timezone.now())
    return riverside_now


def on_sams_list(universe: Universe, *, at: datetime) -> None:
    """The manager puts Bee on the contact team's list and gives her to Sam."""
    gwen = actor_for(universe, "Gwen Hughes", on=timezone.localdate(at))
    item = raise_item(
        actor=gwen, at=at, person_id=universe.people["Bee"], team_id=universe.teams["Contact team"].id,
        priority=Priority.TODAY, why="Three agencies are worried, and nobody has sat down with her.",
    )  # fmt: skip
    assign_item(actor=gwen, at=at, item_id=item.id, member_id=universe.members["Sam Boateng"].id)


@pytest.mark.proves("FIND-11", "FIND-13", "FIND-14")
def test_a_contact_worker_goes_from_todays_list_to_a_conversation(page: Page) -> None:
    # given somebody on Sam's list, first thing in the morning
    signed_in_as(page, "Sam Boateng")
    looked_at(page)
    page.get_by_role("link", name="Bee", exact=True).click()
    page.get_by_role("heading", name="Bee").first.wait_for()
    looked_at(page)
    # then her own words stand before what worries others
    text = page.inner_text("main")
    assert "My cat, my machine by the window" in text
    # when Sam begins a conversation, danger is asked about first
    page.get_by_role("button", name="Begin a conversation").click()
    page.get_by_role("heading", name="Before anything else").or_(page.get_by_role("heading").first).wait_for()
    looked_at(page)
    assert "danger" in page.inner_text("main").lower()


def test_the_pages_of_lists_bear_a_small_screen(page: Page, universe: Universe) -> None:
    signed_in_as(page, "Gwen Hughes")
    for address in (
        "/lists/",
        f"/lists/team/{universe.teams['Contact team'].id}/",
        "/lists/manager/",
        "/lists/manager/cover/",
        "/lists/referrals/",
        f"/lists/new/{universe.people['Bee']}/",
        "/directory/",
        "/data-questions/",
        "/data-questions/new/",
    ):
        page.goto(address)
        looked_at(page)


def test_another_organisations_item_is_not_there(page: Page) -> None:
    signed_in_as(page, "Kit Lowe")
    page.goto(f"/lists/item/{uuid4()}/")
    page.get_by_role("heading", name="Page not found").wait_for()
    looked_at(page)

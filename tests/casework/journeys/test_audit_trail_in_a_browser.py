"""The information governance lead: from the trail to one person's, and what was done before a review."""

from datetime import datetime

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as, signed_out
from tools.universe import Universe

REASON = "She rang from the bridge and said goodbye to everybody."


@pytest.fixture(autouse=True)
def opened_in_an_emergency(riverside: Universe, page: Page, on_monday: datetime) -> None:
    """Kit of the police opens Amina's record, which the police have no reach to."""
    signed_in_as(page, "Kit Lowe")
    page.goto("/people/emergency/")
    page.get_by_label("Surname").fill("Yusuf")
    for part, value in (("Day", "19"), ("Month", "5"), ("Year", "2007")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("What the emergency is").fill(REASON)
    page.get_by_role("button", name="Open").click()
    page.get_by_role("heading", name="Amina").first.wait_for()
    signed_out(page)


def test_the_lead_reads_the_trail_narrows_it_and_follows_one_person(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Iris Okafor")
    page.goto("/audit-trail/")
    page.get_by_role("heading", name="Audit trail").wait_for()
    looked_at(page)
    page.get_by_label("Done by").select_option("Kit Lowe, Valley Police")
    page.get_by_label("What was done").select_option("People's records")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_text("Kit Lowe opened the record in an emergency").first.wait_for()
    assert "Asha Patel" not in page.locator("tbody").inner_text()
    looked_at(page)
    page.get_by_role("link", name="A person outside your reach").first.click()
    page.get_by_role("heading", name="Who has looked at this record").wait_for()
    assert "Amina" not in page.content()
    looked_at(page)


def test_what_was_done_is_read_before_the_review(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Iris Okafor")
    page.get_by_role("link", name="Kit Lowe, Valley Police").click()
    page.get_by_role("heading", name="What was done while the record was open").wait_for()
    assert "Kit Lowe opened the record in an emergency" in page.locator("tbody").inner_text()
    looked_at(page)

"""What a member works for stands above every page and means something; and a correction of an entry."""

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at
from tests.casework.journeys.test_practitioner import at_bees_page, signed_in_as
from tools.universe import Universe

EARLY, WARM = (
    "Offer early help to families before things get worse",
    "Prevent harm from cold and damp homes",
)


@pytest.fixture(autouse=True)
def universe(riverside_now: Universe, transactional_db: None) -> Universe:
    return riverside_now


def test_a_member_changes_what_they_work_for_and_the_persons_page_says_what_that_means(page: Page) -> None:
    # given a social worker whom the demonstration signed in for early help
    signed_in_as(page, "Asha Patel")
    page.get_by_text(EARLY).wait_for()
    at_bees_page(page)
    # when she turns to another piece of work, in which Bee's record was not given
    page.get_by_role("link", name="Change what you are working for").click()
    page.get_by_role("heading", name="Choose a purpose").wait_for()
    assert page.get_by_label(EARLY).is_checked()
    looked_at(page)
    page.get_by_label(WARM).check()
    page.get_by_role("button", name="Continue").click()
    # then she is back where she was, and told plainly
    page.get_by_text("Your organisation was given this record for").wait_for()
    assert page.get_by_text(WARM).count() == 2
    looked_at(page)


def test_a_practitioner_corrects_what_her_own_agency_wrote(page: Page) -> None:
    # given an entry of her own agency's on Bee's page
    signed_in_as(page, "Asha Patel")
    at_bees_page(page)
    page.get_by_role("link", name="Correct the entry for").first.click()
    page.get_by_role("heading", name="Correct an entry").wait_for()
    looked_at(page)
    # when she first forgets why
    page.get_by_label("Correct version").fill("She rang us herself.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("Why you are correcting it").fill("The telephone log says so.")
    page.get_by_role("button", name="Save").click()
    # then what is right stands beside what was written
    page.get_by_text("The correction is shown beside the original entry").wait_for()
    page.get_by_text("She rang us herself.").wait_for()
    page.get_by_text("Corrected on").wait_for()
    looked_at(page)

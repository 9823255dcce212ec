"""Not sharing where it is not safe that she knows, looking at it again and telling whom we ask."""

from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as, signed_out
from tests.casework.journeys.deciding import begin, filled, go_on, on, picked
from tools.universe import Universe

WHY = "He reads her post."


def test_what_it_is_not_safe_that_she_knows_is_said_with_a_reason_and_looked_at_again(
    page: Page, riverside: Universe
) -> None:
    signed_in_as(page, "Asha Patel")
    begin(page, riverside.people["Bee"], decides="Not to share it")
    go_on(page, "Why it is not shared")
    reason = page.locator("[name=why_not_safe]")
    assert not page.locator("[name=safe]:checked").count()
    assert not reason.is_visible()
    looked_at(page)
    filled(page, reason="She asked us not to.", risk="She may fall.")
    on(page, "review_on", "16", "11", "2026")
    picked(page, safe="no")
    assert reason.is_visible()
    looked_at(page)
    go_on(page, "There is a problem")
    page.get_by_role("link", name="Enter why it is not safe for them to know").wait_for()
    reason.fill(WHY)
    go_on(page, "Check before you decide")
    looked_at(page)
    go_on(page, "Not to Riverside Homes", "Decide")
    page.get_by_text("do not talk about it").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Review this decision").click()
    page.get_by_role("heading", name="Review this decision").wait_for()
    looked_at(page)
    filled(page, words="He still reads it.")
    go_on(page, "Not to Riverside Homes", "Confirm that it stands")
    page.get_by_text("Asha Patel reviewed it").wait_for()
    looked_at(page)


def test_whoever_is_asked_is_told_that_she_must_not_know(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Tom Reilly")
    page.goto(f"/people/{riverside.people['Bee']}/ask/")
    page.locator("[name=asked_of]").select_option(label="Valley Police")
    filled(page, why="She may be in danger.")
    picked(page, safe="no")
    page.locator("[name=why_not_safe]").fill(WHY)
    looked_at(page)
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text("Valley Police has been asked").wait_for()
    signed_out(page)
    signed_in_as(page, "Kit Lowe")
    page.goto("/people/questions/")
    page.get_by_text("do not talk about it").wait_for()
    looked_at(page)

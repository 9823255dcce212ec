"""Help is offered, declined and offered again; what was never offered is looked at; and nobody is closed."""

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, pictured, signed_in_as, signed_out
from tools.universe import Universe


def on_the_day(page: Page, legend: str, day: str, month: str, year: str) -> None:
    """Fill the three boxes of a date."""
    boxes = page.get_by_role("group", name=legend, exact=True)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        boxes.get_by_label(label).fill(value)


@pytest.mark.proves("MARM-07")
def test_a_refusal_is_written_down_in_the_persons_words_and_ends_nothing(
    page: Page, riverside: Universe
) -> None:
    # given a social worker who is told on her day that Bee's refusals add up
    signed_in_as(page, "Asha Patel")
    page.get_by_text("3 refusals from 2 agencies. Talk to each other.").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Bee: refusals are adding up").click()
    page.get_by_role("heading", name="Refusals are adding up: talk to each other").wait_for()
    looked_at(page)
    pictured(page, "offers")
    # when she writes down what she offered today
    page.get_by_role("button", name="Write down an offer").click()
    page.get_by_role("heading", name="An offer of help").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("An assessment of their needs for care and support").check()
    page.get_by_label("What was offered?").fill("The stairs first, with Dee there, in half an hour.")
    page.get_by_label("In person").check()
    page.get_by_label("Not known").check()
    page.get_by_role("button", name="Continue").click()
    # and that she was told no, which is not kept until it is said what that means
    page.get_by_role("heading", name="What came of an offer").wait_for()
    looked_at(page)
    page.get_by_label("Declined").check()
    page.get_by_label("What did the person say, in their own words?").fill("Not this week. Ask Dee.")
    page.get_by_label("What it costs").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Enter who will go back to them").first.wait_for()
    looked_at(page)
    page.get_by_role("group", name="Do they lack capacity").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="Are they experiencing").get_by_label("Yes").check()
    page.get_by_label("Who made these two decisions?").fill("Asha Patel")
    on_the_day(page, "When were they made?", "9", "11", "2026")
    on_the_day(page, "When will they be looked at again?", "9", "12", "2026")
    page.get_by_label("What will be tried next?").fill("Ask Dee, as she said")
    page.get_by_label("Who will go back to them?").fill("Asha Patel")
    on_the_day(page, "By when?", "20", "11", "2026")
    page.get_by_role("button", name="Save").click()
    # then her words stand first, and the duty stands
    page.get_by_text("What came of it is saved. Nothing ends because of it.").wait_for()
    page.get_by_text("Not this week. Ask Dee.").wait_for()
    assert page.get_by_text("The duty to assess still applies").count() == 2
    assert page.get_by_role("button", name="Close").count() == 0
    looked_at(page)
    signed_out(page)
    # and when she changes her mind to somebody else, both stand
    signed_in_as(page, "Dee Marsh")
    page.goto(f"/people/{riverside.people['Bee']}/offers/")
    page.get_by_role("link", name="Write down a later answer").first.click()
    page.get_by_text("What they said last").wait_for()
    looked_at(page)
    page.get_by_label("Accepted").check()
    page.get_by_label("What did the person say, in their own words?").fill("All right, the stairs.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("All right, the stairs.").wait_for()
    page.get_by_text("What they said before").first.click()
    page.get_by_text("Not this week. Ask Dee.").wait_for()
    looked_at(page)


@pytest.mark.proves("ENABLE-26")
def test_what_was_never_offered_is_looked_at_again_and_then_offered(page: Page, riverside: Universe) -> None:
    # given a worker who writes down what Bee was never offered
    signed_in_as(page, "Sam Boateng")
    page.goto(f"/people/{riverside.people['Bee']}/offers/not-offered/")
    looked_at(page)
    page.get_by_label("Company, or something to do").check()
    page.get_by_label("What was not offered?").fill("The sewing circle")
    page.get_by_label("A risk to staff, or a risk marker").check()
    page.get_by_label("Why, in words").fill("The man upstairs shouted at a nurse in May.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Waiting for a manager to look at it").first.wait_for()
    looked_at(page)
    signed_out(page)
    # when their manager takes a second look
    signed_in_as(page, "Gwen Hughes")
    looked_at(page)
    page.locator("a[href$='/look/']").first.click()
    page.get_by_role("heading", name="A second look").wait_for()
    looked_at(page)
    page.get_by_label("Offer it after all").check()
    page.get_by_label("Why?").fill("Nobody has asked her.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("To be offered after all").wait_for()
    looked_at(page)
    # then she reads in numbers whether it happens to some more than to others, and not to whom
    page.goto("/offers/report/")
    page.get_by_text("Held back").first.wait_for()
    looked_at(page)

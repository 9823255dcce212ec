"""Sharing in a browser: what a person chose beside each question, a ground against it, the others' side."""

from datetime import datetime, timedelta

from playwright.sync_api import Page
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
    ground,
    on,
    refuses,
    second_look,
    telling,
    ticked,
)
from tools.universe import Universe


@AT_A_DESK
def test_with_what_she_agreed_to_it_is_shared_and_arrives(
    page: Page, riverside: Universe, on_monday: datetime
) -> None:
    bee = riverside.people["Bee"]
    signed_in_as(page, "Asha Patel")
    agrees(page, bee, until=on_monday + timedelta(days=170))
    looked_at(page)
    begin(page, bee, decides="To share it")
    go_on(page, "Basis in law, and why it is needed")
    page.get_by_text("The person agreed to exactly this, and it holds today.").wait_for()
    basis(page, "consent", "She said so.")
    telling(page)
    go_on(page, f"To {HOMES}", "Decide")
    looked_at(page)
    arrives(page, "Tom Reilly", STAIRS["words"])
    page.goto("/shared-with-us/")
    looked_at(page)


@WITHOUT_SCRIPT
def test_against_what_she_asked_a_manager_agrees_first_and_her_word_comes_after(
    page: Page, riverside: Universe
) -> None:
    bee = riverside.people["Bee"]
    signed_in_as(page, "Asha Patel")
    refuses(page, bee)
    begin(page, bee, "Somebody else is at risk", decides="To share it")
    ground(page, "There is a risk to others")
    against(page, "The neighbour below", "Fire on the stairs")
    go_on(page, "Basis in law, and why it is needed")
    basis(page, "public_interest", "The neighbour may not get out.")
    telling(page)
    go_on(page, f"To {HOMES}", "Decide")
    page.get_by_text("Waiting for somebody else to agree: nobody has been told").first.wait_for()
    second_look(page, page.url, to=HOMES)
    page.get_by_text("Shared: somebody else agreed").first.wait_for()
    page.get_by_role("link", name="Write down what the person says about it now").click()
    looked_at(page)
    filled(page, words="You could have asked a third time.")
    go_on(page, "To Riverside Homes", "Write it down")
    page.get_by_text("You could have asked a third time.").wait_for()


@AT_A_DESK
def test_she_says_no_and_it_is_respected_and_somebody_unsure_asks(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Asha Patel")
    refuses(page, riverside.people["Bee"])
    begin(page, riverside.people["Bee"], decides="I am unsure: ask my manager for advice")
    go_on(page, "Ask for advice")
    looked_at(page)
    filled(page, question="She said no. The stairs burn. What now?")
    go_on(page, "Decide about sharing", "Ask")
    looked_at(page)
    page.get_by_role("link", name="What you decide").click()
    ticked(page, "Not to share it")
    go_on(page, "Why it is not shared")
    looked_at(page)
    filled(page, reason="She said no, and Dee will ask again.", risk="She or the neighbour may fall.")
    page.locator("[name=safe][value=yes]").check()
    on(page, "review_on", "16", "11", "2026")
    go_on(page, "Check before you decide")
    go_on(page, "Not to Riverside Homes", "Decide")
    looked_at(page)
    page.goto(f"/people/{riverside.people['Bee']}/sharing/")
    page.get_by_role("link", name="They want to take this back").first.click()
    looked_at(page)
    ticked(page, "They said it")
    filled(page, effect_told="That it is as if she had not said it.")
    go_on(page, "What they chose about sharing", "Write it down")
    page.get_by_text("Taken back on 9 November 2026").wait_for()
    signed_out(page)
    signed_in_as(page, "Gwen Hughes")
    page.get_by_role("link", name="Somebody is unsure whether something may be shared").first.click()
    looked_at(page)

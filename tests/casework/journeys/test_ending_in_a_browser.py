"""A case ends with the person's own view and what remains; and what drifts is shown to the co-ordinator."""

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import MONDAY, looked_at, signed_in_as, signed_out
from tests.casework.journeys.deciding import filled, picked
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.marm.commands.drifting import find_drift


@pytest.mark.proves("MARM-67", "MARM-65")
def test_a_case_ends_in_the_persons_view_and_says_what_remains(page: Page, riverside: Universe) -> None:
    # given a night in which it was found that concerns about Bee add up
    find_drift(actor=system_actor("the night"), at=MONDAY)
    signed_in_as(page, "Mair Pugh")
    page.get_by_role("link", name="Cases").first.click()
    page.get_by_role("link", name="What is drifting: checked every night").click()
    page.get_by_text("Concerns are adding up, but nobody has brought agencies together").wait_for()
    looked_at(page)
    # when the co-ordinator ends Amina's case
    page.goto(f"/cases/{riverside.cases['case']}/")
    looked_at(page)
    page.get_by_role("button", name="End the case").click()
    page.get_by_role("heading", name="End the case").wait_for()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("The person and the agencies agree that it is safe enough").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="What remains").wait_for()
    looked_at(page)
    page.get_by_role("group", name="Did what the person wanted").get_by_label("Some of it").check()
    page.get_by_role("group", name="What became of the risk").get_by_label("It is less").check()
    page.get_by_label("The person's own view").fill("A door she locks.")
    page.get_by_label("What each agency goes on doing").fill("The college nurse, Tuesdays.")
    page.get_by_role("button", name="End the case").click()
    # then it does not end before it is said what becomes of each action, her view, and who would notice
    page.get_by_text("Choose what happens to it").first.wait_for()
    boxes = [str(box.get_attribute("name")) for box in page.locator("textarea[name^=action_]").all()]
    assert len(boxes) == 3
    for place, name in enumerate(boxes):
        picked(page, **{name.removesuffix("_words"): "goes_on" if place else "stops"})
        filled(page, **{name: "It is done another way."})
    page.get_by_role("button", name="End the case").click()
    page.get_by_text("Write what they say about it").first.wait_for()
    looked_at(page)
    page.get_by_label("What do they say about it?").fill("I have a key. Do not all ring at once.")
    page.get_by_label("Who knows about what remains?").fill("Joan Adeyemi, council; the college nurse")
    page.get_by_label("What would reopen the case?").fill("A week without college")
    page.get_by_label("Who would notice, by name and agency?").fill("The college nurse")
    page.get_by_role("button", name="End the case").click()
    page.get_by_text("The case has ended.").wait_for()
    page.get_by_text("I have a key. Do not all ring at once.").wait_for()
    looked_at(page)
    # and somebody asks afterwards
    page.get_by_role("button", name="Write down how things are going").click()
    looked_at(page)
    page.get_by_label("How are things going?").fill("Still my key.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("How things are going has been saved").wait_for()
    signed_out(page)

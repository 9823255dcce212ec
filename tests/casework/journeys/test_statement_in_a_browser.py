"""A person reads what is held about them and whom it was told, on the device of their worker."""

from datetime import datetime

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, pictured, signed_in_as
from tools.statement import make_statement
from tools.universe import Universe, actor_for


@pytest.mark.proves("MARM-26", "MARM-27", "MARM-34")
def test_the_person_reads_their_statement(page: Page, riverside: Universe, on_monday: datetime) -> None:
    asha = actor_for(riverside, "Asha Patel", on=on_monday.date())
    bee = riverside.people["Bee"]
    make_statement(worker=asha, organisations=riverside.organisations, person_id=bee, at=on_monday)
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{bee}/")
    page.get_by_role("link", name="What they may read about themself").click()
    page.get_by_role("heading", name="What is held back, and why").wait_for()
    page.get_by_text("Do not speak to the man upstairs about me.").wait_for()
    looked_at(page)
    pictured(page, "statement-worker")

    page.get_by_role("link", name="Note that they were given it").click()
    page.get_by_role("heading", name="They were given their information").wait_for()
    looked_at(page)
    page.get_by_label("I have checked how it is safe").check()
    page.get_by_label("Read together", exact=True).check()
    page.get_by_label("On a screen", exact=True).check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It is noted that they were given it").wait_for()

    page.get_by_role("link", name="Print it").click()
    page.get_by_role("heading", name="Your information").wait_for()
    looked_at(page)
    page.go_back()

    page.get_by_role("button", name="Read it together on this device").click()
    looked_at(page)
    page.get_by_role("button", name="Hand it over now").click()
    page.get_by_role("heading", name="Your information").wait_for()
    looked_at(page)
    pictured(page, "statement-read")
    words = page.locator("main").inner_text()
    assert "Riverside Council told Riverside Homes about you." in words
    assert "pension card" not in words
    assert "Police" not in words
    page.goto(f"/people/{bee}/")
    page.get_by_role("heading", name="Your information").wait_for()
    page.get_by_role("link", name="I have finished: give the device back").click()
    page.get_by_role("heading", name="Please give the device back").wait_for()
    looked_at(page)

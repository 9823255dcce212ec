"""A social worker and one decision: help first, then what could be done, then who is on the person's side."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as
from tools.universe import Universe


def to_be_filled(page: Page, **words: str) -> None:
    for name, said in words.items():
        page.locator(f"[name={name}]").fill(said)


@pytest.mark.proves("MARM-06", "MARM-44")
def test_a_decision_is_looked_at_and_leads_to_an_advocate(page: Page, riverside: Universe) -> None:
    # given a social worker who fears that Bee does not follow today
    signed_in_as(page, "Asha Patel")
    looked_at(page)
    page.goto(f"/people/{riverside.people['Bee']}/")
    page.get_by_role("link", name="Decisions: mental capacity").click()
    page.get_by_role("heading", name="Decisions that have been looked at").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Look at a decision").click()
    page.get_by_role("heading", name="Can they make this decision?").wait_for()
    looked_at(page)
    # when she says that Bee cannot decide, and of no help that was given
    to_be_filled(
        page,
        decision="Bee lacks capacity",
        why_now="The ambulance waits.",
        information="The fever is high.",
        chosen_by="Bee and Asha",
        understand_seen="“Where am I?”",
        impairment="Delirium",
        because="It came with the fever.",
        reasons="She does not follow tonight.",
        role="Social worker",
    )
    page.locator("[name=understand][value=no]").check()
    for name in ("retain", "weigh", "communicate"):
        page.locator(f"[name={name}][value=yes]").check()
    for name, code in (
        ("recognises", "not_asked"), ("pressure", "none_seen"), ("outcome", "assessed_lacks"),
        ("confidence", "likely"),
    ):  # fmt: skip
        page.locator(f"[name={name}][value={code}]").check()
    to_be_filled(page, **{"next_check-day": "12", "next_check-month": "11", "next_check-year": "2026"})
    page.get_by_role("button", name="Save the record").click()
    # then she is told what the law asks, and nothing she typed is lost
    page.get_by_text("There is a problem").wait_for()
    assert page.get_by_text("is not one decision").count() == 2
    assert page.get_by_text("until all practicable help has been given").count() == 3
    looked_at(page)
    # when she puts it right
    to_be_filled(page, decision="Whether to sleep in hospital tonight", help_words="At noon, with Dee.")
    page.get_by_label("Somebody they trust beside them").check()
    page.get_by_role("button", name="Save the record").click()
    # then the record stands, and asks who is on her side
    page.get_by_text("Nobody can change it, not even you.").wait_for()
    page.get_by_text("She does not follow tonight.").wait_for()
    looked_at(page)
    record = page.url
    page.get_by_role("link", name="See whether they have a right to an advocate").click()
    page.get_by_label("An assessment, a care and support plan").check()
    page.get_by_label("Keeping it in mind").check()
    page.get_by_label("What you saw").fill("She asked three times.")
    looked_at(page)
    page.get_by_role("button", name="See whether they have a right to an advocate").click()
    page.get_by_text("Care Act 2014, section 67").wait_for()
    looked_at(page)
    page.get_by_label("Instructed").check()
    page.get_by_label("Who the advocate is").fill("Maja")
    page.get_by_label("Which organisation they are from").fill("Riverside Voices")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Maja, Riverside Voices").wait_for()
    looked_at(page)
    # and of what is decided for her the page asks what she would have wished
    page.goto(record)
    page.get_by_role("link", name="Record a best interests decision").click()
    page.get_by_text("ask Dee what I would say").wait_for()
    looked_at(page)


@pytest.mark.proves("ENABLE-28")
def test_every_other_page_about_decisions_bears_a_small_screen(page: Page, riverside: Universe) -> None:
    made = riverside.capacity
    signed_in_as(page, "Asha Patel")
    for name, address in {
        "decisions": "",
        "record": f"{made['lacks']}/",
        "sheet": f"{made['lacks']}/sheet/",
        "followed": f"{made['again']}/",
        "again": f"{made['again']}/again/",
        "views": f"{made['lacks']}/views/",
        "in-advance": "in-advance/",
        "withdraw": f"in-advance/{made['advance']}/withdraw/",
        "advocacy": f"advocacy/{made['advocacy']}/",
    }.items():
        page.goto(f"/people/{riverside.people['Bee']}/capacity/{address}")
        looked_at(page)
        if folder := os.environ.get("CAPACITY_SHOTS"):
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

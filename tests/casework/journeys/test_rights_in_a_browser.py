"""Rights in a browser: something is put right and told on, somebody objects, and a record is let go of."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Page
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    ON_A_PHONE,
    WITHOUT_SCRIPT,
    looked_at,
    signed_in_as,
    signed_out,
)
from tools.keeping import fill_rights
from tools.universe import Universe

from alongside.casework.kernel.database import AS_OWNER, database_settings


@pytest.fixture
def served(riverside: Universe, on_monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Universe]:
    """Riverside with rights at work, its pages served in the application's own role, as anywhere."""
    fill_rights(riverside, at=on_monday)
    call_command("grant_application")
    with monkeypatch.context() as patch:
        patch.delenv(AS_OWNER)
        role = database_settings(Path(settings.DATA_FOLDER))
    owner = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    _become(role)
    yield riverside
    _become(owner)


def _become(role: dict[str, str]) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(USER=role["USER"], PASSWORD=role["PASSWORD"])


def _choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).check()


def _unfolded(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).click()


@AT_A_DESK
@pytest.mark.proves("MARM-27", "MARM-49")
def test_what_is_wrong_is_marked_put_right_and_told_to_whoever_was_told_it(
    page: Page, riverside: Universe
) -> None:
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{riverside.people['Bee']}/")
    page.get_by_role("link", name="They say this is wrong").last.click()
    page.get_by_role("heading", name="They say this is wrong").wait_for()
    looked_at(page)
    _choose(page, "It is wrong", "The person themself", "They said it to somebody at work")
    page.get_by_label("What is wrong, and what would be right?").fill("I was at the doctor's.")
    page.get_by_role("button", name="Mark it as disputed").click()
    page.get_by_text("Disputed since 9 November 2026: It is wrong.").wait_for()
    looked_at(page)
    signed_out(page)

    signed_in_as(page, "Joan Adeyemi")
    page.goto(f"/people/{riverside.people['Amina']}/")
    page.get_by_role("link", name="They say something is wrong").click()
    page.get_by_role("heading", name="They say something is wrong").wait_for()
    looked_at(page)
    _unfolded(page, "What was shared")
    looked_at(page)
    told = page.locator("details[open]")
    told.locator("h3", has_text="Riverside Council").first.wait_for()
    shared = told.locator("dl", has_text="friends' sofas")
    shared.locator("xpath=following-sibling::p[1]").get_by_role("link").click()
    _choose(page, "It was right, and is no longer", "The person themself", "By telephone")
    page.get_by_label("What is wrong, and what would be right?").fill("I have a room since Friday.")
    page.get_by_role("button", name="Mark it as disputed").click()
    page.get_by_text("It is now marked as disputed").wait_for()
    signed_out(page)

    signed_in_as(page, "Dee Marsh")
    page.goto(f"/shared-with-us/{riverside.sharing['told']}/")
    page.get_by_text("Disputed since 9 November 2026").wait_for()
    looked_at(page)
    signed_out(page)

    signed_in_as(page, "Iris Okafor")
    page.get_by_role("link", name="People's rights").click()
    looked_at(page)
    page.get_by_role("link", name="Corrections and objections").click()
    looked_at(page)
    page.get_by_role("link", name="It was right, and is no longer").click()
    page.get_by_role("heading", name="Answer it").wait_for()
    looked_at(page)
    _choose(page, "It was put right")
    page.get_by_label("Why?").fill("Joan Adeyemi saw the room.")
    page.get_by_label("How were they told?").fill("By text, after four.")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_role("alert").get_by_text("Enter what has changed").wait_for()
    looked_at(page)
    page.get_by_label("What has changed?").fill("She has a room of her own.")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_text("1 organisation that had been told it is told the change").wait_for()
    looked_at(page)
    signed_out(page)

    signed_in_as(page, "Dee Marsh")
    page.get_by_role("link", name="shared with us has changed").click()
    page.get_by_text("She has a room of her own.").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Confirm that you have read this and acted on it").click()
    page.get_by_text("confirmed it").wait_for()
    looked_at(page)


@ON_A_PHONE
@pytest.mark.proves("FIND-18")
def test_somebody_objects_to_being_found_and_is_answered_with_reasons(
    page: Page, riverside: Universe
) -> None:
    signed_in_as(page, "Tom Reilly")
    page.goto(f"/people/{riverside.people['Stan']}/")
    page.get_by_role("link", name="They object, or want everything erased").click()
    looked_at(page)
    page.get_by_role("button", name="Pass it on").click()
    page.get_by_role("alert").get_by_text("Choose what they want").wait_for()
    looked_at(page)
    _choose(page, "They do not want to be found by lists", "The person themself", "By letter")
    page.get_by_label("What do they say?").fill("Ring the bell if you want to know how I am.")
    page.get_by_role("button", name="Pass it on").click()
    page.get_by_text("do not act on a list").wait_for()
    looked_at(page)
    signed_out(page)

    signed_in_as(page, "Iris Okafor")
    page.get_by_role("link", name="They do not want to be found by lists").click()
    page.get_by_role("heading", name="They do not want to be found by lists").wait_for()
    looked_at(page)
    _choose(page, "We refuse, on one of these grounds")
    page.get_by_label("It is needed for a claim in court, an inquest or a complaint").check()
    page.get_by_label("What reason was the person given?").fill("There may be a claim.")
    page.get_by_label("How were they told?").fill("By letter.")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_role("alert").get_by_text("place one first").wait_for()
    looked_at(page)
    _choose(page, "We agree: lists leave them out from now on")
    page.get_by_label("What reason was the person given?").fill("It is his to decide.")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_text("Lists leave them out, and 0 of their flags were withdrawn.").wait_for()
    looked_at(page)

    page.get_by_role("button", name="Note an objection or a request to erase").click()
    looked_at(page)
    page.get_by_label("Surname of the person it is about").fill("Kowalczyk")
    born = page.get_by_role("group", name="Date of birth")
    for part, value in (("Day", "30"), ("Month", "11"), ("Year", "1948")):
        born.get_by_label(part, exact=True).fill(value)
    _choose(page, "They want all that is held about them to be erased", "The person themself", "By letter")
    page.get_by_label("What do they say?").fill("And delete the rest.")
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("they will have an answer within a month").wait_for()
    page.get_by_role("link", name="They want all that is held about them to be erased").click()
    looked_at(page)
    _choose(page, "We agree: all that is held is to be erased")
    page.get_by_label("What reason was the person given?").fill("Nothing needs it any longer.")
    page.get_by_label("How were they told?").fill("By letter.")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_text("is among the records past their time").wait_for()
    page.goto("/rights/letting-go/")
    page.get_by_text("They asked for it, and it was agreed").wait_for()
    looked_at(page)


@WITHOUT_SCRIPT
def test_of_records_past_their_time_one_is_kept_one_held_and_one_deleted_once_confirmed(
    page: Page, served: Universe
) -> None:
    signed_in_as(page, "Iris Okafor")
    page.goto("/rights/letting-go/")
    looked_at(page)
    page.get_by_role("link", name="An unfinished decision about sharing").click()
    page.get_by_role("heading", name="An unfinished decision about sharing").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Enter why it is needed for longer").first.wait_for()
    looked_at(page)
    for part, value in (("day", "1"), ("month", "3"), ("year", "2027")):
        page.locator(f"[name=until-{part}]").fill(value)
    page.get_by_label("Why is it needed for longer?").fill("Her mother may ask again.")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Kept until 1 March 2027").wait_for()

    row = page.locator("tbody tr", has_text="To be looked at")
    row.get_by_role("link").click()
    page.get_by_text("Dorothy Ames").wait_for()
    page.get_by_role("link", name="Place a legal hold on everything about this person").click()
    looked_at(page)
    _choose(page, "An inquest")
    page.get_by_label("What is it for?").fill("Coroner, reference RIV-C-120.")
    page.get_by_role("button", name="Place the hold").click()
    page.get_by_text("It cannot be deleted yet.").wait_for()
    looked_at(page)
    assert page.get_by_role("button", name="Mark for deletion").count() == 0
    address = page.url
    page.get_by_role("link", name="Lift this hold").click()
    looked_at(page)
    page.get_by_label("Why is the hold no longer needed?").fill("The inquest is over.")
    page.get_by_role("button", name="Lift the hold").click()
    page.get_by_text("The hold is lifted").wait_for()
    page.goto(address)
    page.get_by_role("button", name="Mark for deletion").click()
    page.get_by_text("Nothing is deleted until you confirm it").first.wait_for()
    page.get_by_role("button", name="Confirm what will be deleted (1)").click()
    page.get_by_role("heading", name="Confirm what will be deleted").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_text("Confirm that you have looked at each one").first.wait_for()
    page.get_by_label("I have looked at each of these").check()
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_text("entries were deleted").wait_for()
    looked_at(page)
    page.get_by_role("table", name="Deleted").get_by_text("Iris Okafor").wait_for()
    assert page.goto(address).status == 404
    page.goto("/rights/letting-go/")
    page.locator("tbody tr", has_text="Held").get_by_role("link").click()
    page.get_by_text("Wilfred Barnes").wait_for()

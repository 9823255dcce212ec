"""From a run to people: the analyst looks and asks, the approver releases, and only the named see anybody."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    ON_A_PHONE,
    looked_at,
    pictured,
    signed_in_as,
    signed_out,
)
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.outreach.jobs import distribute_newly_released
from alongside.casework.people.models import Person
from alongside.casework.sources.jobs import open_run
from alongside.casework.sources.models import Flag

Open = Callable[[str], None]


@pytest.fixture
def opened(riverside: Universe, weeks: Path, on_monday: datetime) -> Open:
    """What opens a run beforehand, as the analyst did some day."""

    def open_it(folder: str) -> None:
        lena = actor_for(riverside, "Lena Novak", on=on_monday.date())
        open_run(actor=lena, at=on_monday, folder=folder)

    return open_it


def open_from_its_folder(page: Page, folder: str) -> None:
    page.get_by_role("link", name="Runs", exact=True).click()
    looked_at(page)
    page.get_by_label("Run to open").select_option(folder)
    page.get_by_role("button", name="Check it and open it").click()
    page.get_by_role("heading", name="Run as at").wait_for()


def unfolded(page: Page, words: str) -> str:
    """Open what is folded away under some words, and return what it says."""
    fold = page.locator("details", has_text=words).first
    fold.locator("summary").click()
    return fold.inner_text()


@AT_A_DESK
@pytest.mark.proves("FIND-17", "FIND-18")
def test_the_analyst_sees_what_a_run_is_worth_and_what_changed(page: Page, opened: Open) -> None:
    # given last week's run, and a new one in its folder
    opened("2026-11-01")
    signed_in_as(page, "Lena Novak")
    looked_at(page)
    # when she opens the new one
    open_from_its_folder(page, "2026-11-08")
    looked_at(page)
    # then she sees counts, what changed since, how fresh and how good each source is, and the basis in law
    said = page.inner_text("main")
    assert "People on a list" in said
    assert "before" in page.inner_text("main ul.govuk-list--bullet >> nth=0")
    assert "Promised: " in unfolded(page, "Police incidents, Valley Police")
    assert "Accurate" in unfolded(page, "Rent accounts, Riverside Homes")
    assert "Children Act 2004" in unfolded(page, "Families who may welcome a conversation")
    looked_at(page)
    # and there is nothing for her to release
    assert page.get_by_role("link", name="Release people").count() == 0


@ON_A_PHONE
@pytest.mark.proves("FIND-20")
def test_the_analyst_settles_a_doubtful_link_with_both_records_before_her(page: Page, opened: Open) -> None:
    # given a run that kept who everybody is, with pairs in doubt
    opened("2026-11-08")
    signed_in_as(page, "Lena Novak")
    page.get_by_role("link", name="waiting for an answer").click()
    page.get_by_role("heading", name="Two records that may be one person").wait_for()
    # then both records stand beside each other, what agrees and what does not
    beside = page.get_by_role("table", name="The two records")
    assert beside.get_by_role("row").count() > 2
    assert beside.get_by_role("rowheader", name="Date of birth").count() == 1
    looked_at(page)
    waiting = page.locator(".govuk-caption-l").inner_text()
    # when she says that they are two people, and first forgets why
    page.get_by_label("No, two people").check()
    page.get_by_role("button", name="Save and go to the next").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("No, two people").check()
    page.get_by_label("What settled it?").fill("Twins: the practice confirmed both birth weights.")
    page.get_by_role("button", name="Save and go to the next").click()
    # then one fewer waits
    page.wait_for_url("**/doubts/")
    assert page.locator(".govuk-caption-l").inner_text() != waiting


@ON_A_PHONE
@pytest.mark.proves("FIND-22")
def test_the_analyst_asks_the_owner_of_a_source_and_they_settle_it(page: Page, opened: Open) -> None:
    # given something odd in the rent accounts
    signed_in_as(page, "Lena Novak")
    page.goto("/data-questions/")
    page.get_by_role("button", name="Ask about a source").click()
    looked_at(page)
    page.get_by_label("Which source?").select_option(label="Rent accounts")
    page.get_by_label("What is it about?").fill("Weeks behind, or weeks owed?")
    page.get_by_label("Your question").fill("Twelve rows say 0 and have a balance. Is it a zero?")
    page.get_by_role("button", name="Ask").click()
    # then she is told whom to telephone, since talking solves it faster
    page.get_by_text("It is quicker to talk").wait_for()
    looked_at(page)
    signed_out(page)
    # when the landlord's officer answers
    signed_in_as(page, "Tom Reilly")
    page.goto("/data-questions/")
    page.get_by_role("link", name="Weeks behind, or weeks owed?").click()
    page.get_by_label("Your message").fill("A 0 is a zero: these paid on the day of the extract.")
    page.get_by_label("This settles the question").check()
    page.get_by_role("button", name="Send").click()
    # then the answer stays for whoever wonders next
    page.get_by_role("heading", name="How it was settled").wait_for()
    looked_at(page)


def one_who_was_released(organisation: str) -> str:
    """The surname of somebody who came into Alongside by a flag to an organisation."""
    with transaction.atomic():
        tell_database(system_actor("the test"))
        flag = Flag.objects.filter(organisation__code=organisation).exclude(person__surname="").first()
        assert flag is not None
        return Person.objects.get(id=flag.person_id).surname


def found(page: Page, surname: str) -> str:
    """What the search for somebody answers."""
    page.goto("/people/")
    page.get_by_label("Name, date of birth or NHS number").fill(surname)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("heading", name="found").or_(page.locator("h2", has_text="1 person")).or_(
        page.locator("h2", has_text="people")
    ).first.wait_for()
    looked_at(page)
    return page.inner_text("main")


@AT_A_DESK
@pytest.mark.proves("FIND-01", "SAFE-22")
def test_the_approver_releases_tiers_and_only_who_was_named_sees_the_people(
    page: Page, opened: Open, on_monday: datetime
) -> None:
    # given a run in its folder, which the approver opens
    signed_in_as(page, "Priya Shah")
    open_from_its_folder(page, "2026-11-01")
    looked_at(page)
    # when she chooses two tiers, to the council alone, and first gives no reason
    page.get_by_role("button", name="Release people from Families").click()
    looked_at(page)
    tiers = page.get_by_role("group", name="Which tiers?").get_by_role("checkbox")
    for tier in tiers.all()[:2]:
        tier.check()
    page.get_by_label("Riverside Council", exact=True).check()
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("Why should they act on this now?").fill("The contact team has room for them.")
    page.get_by_role("button", name="Check your answers").click()
    # then she sees all of it before it happens, may change it, and only then releases
    page.get_by_role("heading", name="Check your answers before you release anybody").wait_for()
    looked_at(page)
    pictured(page, "before-a-release")
    page.get_by_role("button", name="Change the answers").click()
    page.get_by_role("heading", name="Release people").wait_for()
    assert [tier.is_checked() for tier in tiers.all()][:2] == [True, True]
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Release these people").click()
    page.get_by_role("heading", name="people released").wait_for()
    assert "Riverside Council" in page.inner_text("main")
    looked_at(page)
    signed_out(page)
    # then somebody of the council finds one of them, with why they see the record, and lists have them
    surname = one_who_was_released("riverside_council")
    distribute_newly_released(at=on_monday)
    signed_in_as(page, "Asha Patel")
    assert surname in found(page, surname)
    page.locator("tbody a").first.click()
    page.get_by_text("You see this record because of a list that was released to you").wait_for()
    looked_at(page)
    signed_out(page)
    # and the police, who were not named, find nobody
    signed_in_as(page, "Kit Lowe")
    assert "Nobody was found" in found(page, surname)

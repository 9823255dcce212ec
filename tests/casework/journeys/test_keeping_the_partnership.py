"""Who keeps a partnership going: manager, governance and organisation leads, editor, peer supporter."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    ON_A_PHONE,
    WITHOUT_SCRIPT,
    looked_at,
    signed_in_as,
    signed_out,
)
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import begin_absence
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.verification import verify_chain
from alongside.casework.directory.commands import add_feed, note_failed_feed, publish_service
from alongside.casework.directory.rules import Entry
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.rules import Priority


@pytest.fixture(autouse=True)
def universe(riverside: Universe) -> Universe:
    return riverside


def as_member(universe: Universe, name: str, at: datetime) -> Actor:
    actor: Actor = actor_for(universe, name, on=timezone.localdate(at))
    return actor


def sam_has(universe: Universe, name: str, at: datetime) -> object:
    """Put somebody on the contact team's list, and give them to Sam; return the item's id."""
    gwen = as_member(universe, "Gwen Hughes", at)
    item = raise_item(
        actor=gwen, at=at, person_id=universe.people[name], team_id=universe.teams["Contact team"].id,
        priority=Priority.TODAY, why="Nobody has sat down with them.",
    )  # fmt: skip
    assign_item(actor=gwen, at=at, item_id=item.id, member_id=universe.members["Sam Boateng"].id)
    return item.id


@AT_A_DESK
@pytest.mark.proves("FIND-12")
def test_the_manager_moves_the_work_of_somebody_who_is_away(
    page: Page, universe: Universe, on_monday: datetime
) -> None:
    # given Sam, who is ill, with two people on his list
    sam_has(universe, "Bee", on_monday)
    sam_has(universe, "Amina", on_monday)
    sam = universe.members["Sam Boateng"]
    begin_absence(
        actor=as_member(universe, "Sam Boateng", on_monday), at=on_monday, membership_id=sam.id,
        on=on_monday.date(), until=on_monday.date() + timedelta(days=7),
    )  # fmt: skip
    # when his manager looks at who has how much, and how flags are judged
    signed_in_as(page, "Gwen Hughes")
    page.get_by_role("link", name="Lists", exact=True).click()
    page.get_by_role("link", name="Managing the work").click()
    page.get_by_text("Sam Boateng: 2 open, away").wait_for()
    assert "How flags are judged" in page.inner_text("main")
    assert "Priya Shah" not in page.inner_text("main")  # whose role takes nobody on
    looked_at(page)
    # and moves everything of his, once she has said to whom
    page.get_by_role("link", name="Somebody is away: move all their items").click()
    page.get_by_role("button", name="Move everything").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("Who is away?").select_option(label="Sam Boateng (away): 2 open")
    page.get_by_label("Who takes all of their items?").select_option(label="Gwen Hughes: 0 open")
    page.get_by_role("button", name="Move everything").click()
    # then she is told so, and the team's list says who has whom, and how many it manages
    page.get_by_text("2 items were moved").wait_for()
    page.get_by_role("link", name="Contact team").click()
    page.get_by_text("The team can take on 40 people a week.").wait_for()
    assert page.get_by_text("With Gwen Hughes").count() == 2
    looked_at(page)


@ON_A_PHONE
@pytest.mark.proves("ENABLE-14")
def test_the_governance_lead_reviews_an_emergency_and_the_audit_trail_holds(page: Page) -> None:
    # given an officer who opened a record in an emergency
    signed_in_as(page, "Kit Lowe")
    page.goto("/people/emergency/")
    page.get_by_label("Surname").fill("Yusuf")
    for label, value in (("Day", "19"), ("Month", "5"), ("Year", "2007")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("What the emergency is").fill("She texted that she is on the bridge.")
    page.get_by_role("button", name="Open the record").click()
    page.get_by_text("You opened this record in an emergency").wait_for()
    address = page.url
    signed_out(page)
    # when the governance lead comes to it from her day, and first says only that it was right
    signed_in_as(page, "Iris Okafor")
    page.get_by_role("link", name="Kit Lowe, Valley Police").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Record the review").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Why").fill("A life was at risk; he closed it within the hour.")
    page.get_by_label("Yes, they were told").check()
    page.get_by_role("button", name="Record the review").click()
    page.get_by_text("Nothing is waiting for review").wait_for()
    looked_at(page)
    # then she herself has not seen the person, and the trail holds all of it in one unbroken chain
    page.goto(address)
    page.get_by_role("heading", name=re.compile("not")).first.wait_for()
    looked_at(page)
    found = verify_chain()
    assert found.problems == []
    assert AuditEvent.objects.filter(actor_name__contains="Kit Lowe").count() > 1


@ON_A_PHONE
@pytest.mark.proves("ENABLE-22")
def test_the_organisation_lead_takes_in_a_peer_group_and_adds_a_member(page: Page) -> None:
    # given a peer-support group that joins the partnership
    signed_in_as(page, "Noor Aziz")
    page.goto("/organisations/")
    page.get_by_role("button", name="Add an organisation").click()
    looked_at(page)
    page.get_by_label("Name of the organisation").fill("Side by Side")
    page.get_by_label("Peer support").check()
    page.get_by_label("Short code").fill("side-by-side")
    page.get_by_label("Name of its lead").fill("Rosa Bright")
    page.get_by_label("E-mail address of its lead").fill("rosa@example.org")
    page.get_by_role("button", name="Add organisation").click()
    page.get_by_text("Side by Side").first.wait_for()
    looked_at(page)
    # when Noor adds a social worker to her own organisation, who is a directory editor as well
    page.goto("/members/")
    page.get_by_role("button", name="Add a member").click()
    looked_at(page)
    page.get_by_label("Name", exact=True).fill("Ben Adler")
    page.get_by_label("Work e-mail address").fill("ben@example.org")
    page.get_by_label("Practitioner", exact=True).check()
    page.get_by_label("Directory editor", exact=True).check()
    page.get_by_role("button", name="Add the member").click()
    page.get_by_role("heading", name="Ben Adler is now a member of Riverside Council").wait_for()
    looked_at(page)
    # then he sees nobody before his training is noted, and both of his roles stand beside his name
    page.goto("/members/")
    card = page.locator(".govuk-summary-card", has_text="Ben Adler")
    assert "Directory editor, Practitioner" in card.inner_text()
    card.get_by_role("link", name="Record training").click()
    looked_at(page)
    for label, value in (("Day", "6"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(label, exact=True).first.fill(value)
    page.get_by_role("button", name="Record training").click()
    page.get_by_role("heading", name="Team and members").wait_for()
    assert "Done" in page.locator(".govuk-summary-card", has_text="Ben Adler").inner_text()
    looked_at(page)


@WITHOUT_SCRIPT
@pytest.mark.proves("ENABLE-24")
def test_the_directory_editor_keeps_entries_and_the_analyst_sees_how_fresh_a_feed_is(
    page: Page, universe: Universe, on_monday: datetime
) -> None:
    # given an entry nobody looked at since spring, and a feed that did not answer
    publish_service(
        actor=as_member(universe, "Ola Finch", on_monday), at=on_monday - timedelta(days=250),
        entry=Entry(name="Walk and talk", description="A slow walk along the river."),
    )  # fmt: skip
    lena = as_member(universe, "Lena Novak", on_monday)
    feed = add_feed(
        actor=lena, at=on_monday, name="County directory", address="https://directory.example.org/feed"
    )
    note_failed_feed(actor=lena, at=on_monday, feed_id=feed.id, why="It did not answer.")
    # when Ola comes to it from her day, and says that it is still right
    signed_in_as(page, "Ola Finch")
    looked_at(page)
    page.get_by_role("link", name="Walk and talk").click()
    page.get_by_text("May be out of date").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Confirm it is still right").click()
    told = page.locator("h2:has-text('Walk and talk') + p")
    told.filter(has_text="Last confirmed on 9 November 2026").wait_for()
    # and adds a service that is open on two days
    page.get_by_role("button", name="Add a service").click()
    page.get_by_label("Name of the service").fill("Thursday kitchen")
    page.get_by_label("What you do, and for whom").fill("Come and eat with us. Nobody asks why you came.")
    page.get_by_label("Tuesday").check()
    page.get_by_label("Thursday").check()
    page.get_by_label("Opens at").fill("17:00")
    page.get_by_label("Closes at").fill("20:00")
    looked_at(page)
    page.get_by_role("button", name="Publish").click()
    # then everybody can read both days
    page.get_by_text("Tuesday, Thursday, 17:00 to 20:00").wait_for()
    looked_at(page)
    signed_out(page)
    signed_in_as(page, "Lena Novak")
    page.goto("/directory/")
    looked_at(page)
    page.get_by_role("link", name="Other directories we import").click()
    page.get_by_text("No copy yet").wait_for()
    looked_at(page)


@ON_A_PHONE
@pytest.mark.proves("FIND-15")
def test_the_peer_supporter_takes_a_referral_on_and_writes_down_what_went_well(
    page: Page, universe: Universe, on_monday: datetime
) -> None:
    # given Bee, whom the contact worker refers to the peers, and who agrees
    item = sam_has(universe, "Bee", on_monday)
    make_referral(
        actor=as_member(universe, "Sam Boateng", on_monday), at=on_monday, item_id=item,
        to_organisation_id=universe.organisations["been_there"].id, person_agrees="yes",
        why="She would like to sew with others.",
    )  # fmt: skip
    # when Dee finds it among what is asked of them, and takes it on
    signed_in_as(page, "Dee Marsh")
    page.goto("/lists/referrals/")
    page.get_by_text("She would like to sew with others.").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("heading", name="Bee").wait_for()
    looked_at(page)
    # then she is led to all that is known, Bee's own words first, and adds what went well
    page.get_by_role("link", name="Everything known about them").click()
    page.get_by_role("heading", name="About me", exact=True).wait_for()
    page.get_by_role("link", name="Add to the chronology").click()
    page.get_by_label("Something went well").check()
    page.get_by_label("What happened", exact=True).fill("She taught two of us to thread the machine.")
    looked_at(page)
    page.get_by_label("Every organisation that sees this record").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("She taught two of us to thread the machine.").wait_for()
    looked_at(page)

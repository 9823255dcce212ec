"""What was declined again is looked at by somebody else; a meeting that is asked for is answered."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as, signed_out
from tools.universe import Universe, actor_for

from alongside.casework.accounts.commands import begin_absence
from alongside.casework.marm.commands.leading import accept_lead
from alongside.casework.marm.models import Meeting
from alongside.casework.operations.running import tell_database


@pytest.mark.proves("MARM-10")
def test_somebody_else_looks_again_at_what_was_declined_twice(page: Page, riverside: Universe) -> None:
    # given two requests about Stan that one co-ordinator declined
    signed_in_as(page, "Mair Pugh")
    page.goto(f"/cases/reviews/{riverside.cases['review']}/")
    page.get_by_text("You declined or asked for this yourself").wait_for()
    looked_at(page)
    signed_out(page)
    # when another reads both, his words first
    signed_in_as(page, "Elin Rees")
    looked_at(page)
    page.get_by_role("link", name="Cases").first.click()
    looked_at(page)
    page.get_by_role("link", name="Stan").first.click()
    page.get_by_text("You asked me before. Nothing came of it").wait_for()
    looked_at(page)
    page.get_by_label("A case is opened after all").check()
    page.get_by_role("button", name="Send the answer to everybody who asked").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("Why?", exact=True).fill("He loses a flat and a garden, and each of us writes letters.")
    page.get_by_role("button", name="Send the answer to everybody who asked").click()
    page.get_by_text("Your answer has been sent to everybody who asked").wait_for()
    looked_at(page)
    signed_out(page)
    # then whoever asked finds it on their day, and the case is open
    signed_in_as(page, "Tom Reilly")
    looked_at(page)
    page.get_by_role("link", name="Stan: what you asked for has been looked at again").click()
    page.get_by_role("link", name="Request 2: asked for by Tom Reilly").click()
    page.get_by_text("Declined 2 times. A case is opened after all.").wait_for()
    looked_at(page)
    signed_out(page)


def test_whoever_asks_for_a_meeting_is_told_why_none_is_set(page: Page, riverside: Universe) -> None:
    meetings = f"/cases/{riverside.cases['case']}/meetings/"
    signed_in_as(page, "Mair Pugh")
    looked_at(page)
    page.get_by_role("link", name="Amina: a meeting has been asked for").first.click()
    looked_at(page)
    page.get_by_role("link", name="Say why there will be no meeting").click()
    looked_at(page)
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("There is a problem").wait_for()
    page.get_by_label("Why?", exact=True).fill("Joan tells her on Tuesday, at college.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("Whoever asked has been told why").wait_for()
    looked_at(page)
    page.goto(f"{meetings}set/")
    looked_at(page)
    signed_out(page)
    signed_in_as(page, "Wes Tanner")
    looked_at(page)
    page.get_by_role("link", name="Amina: why there will be no meeting").click()
    page.get_by_text("Joan tells her on Tuesday, at college.").wait_for()
    signed_out(page)


def test_who_is_away_on_the_day_of_a_meeting_and_a_lead_on_leave_are_pointed_out(
    page: Page, riverside: Universe
) -> None:
    # given that Wes leads, and is away on the day of the meeting; and that there are options to weigh
    at = timezone.now()
    wes = actor_for(riverside, "Wes Tanner", on=timezone.localdate(at))
    accept_lead(actor=wes, at=at, case_id=riverside.cases["case"])
    with transaction.atomic():
        tell_database(wes)
        day = timezone.localdate(Meeting.objects.get(id=riverside.cases["meeting"]).begins_at)
    member = riverside.members["Wes Tanner"].id
    for begun, until in ((day, day + timedelta(days=2)), (timezone.localdate(at), day)):
        begin_absence(actor=wes, at=at, membership_id=member, on=begun, until=until, cover_id=None)
    signed_in_as(page, "Mair Pugh")
    page.get_by_role("link", name="Amina: the lead is away, and nobody is covering").wait_for()
    looked_at(page)
    page.goto(f"/meetings/{riverside.cases['meeting']}/")
    page.get_by_text("Wes Tanner is away that day, and nobody is covering.").wait_for()
    looked_at(page)
    signed_out(page)
    signed_in_as(page, "Joan Adeyemi")
    page.goto(f"/cases/{riverside.cases['case']}/decisions/new/")
    page.get_by_label("What is to be decided?").fill("Where is she safe on Friday?")
    page.get_by_role("button", name="Add another option").click()
    page.get_by_role("heading", name="Option 3").wait_for()
    assert page.get_by_label("What is to be decided?").input_value() == "Where is she safe on Friday?"
    looked_at(page)
    signed_out(page)

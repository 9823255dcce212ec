"""An agency is brought in, a meeting is set, a report is sent, and minutes stay open without the person."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.casework.journeys.conftest import looked_at, signed_in_as, signed_out
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.directory.days import working_days_after
from alongside.casework.marm.models import Meeting
from alongside.casework.operations.running import tell_database


@pytest.mark.proves("MARM-25", "MARM-19", "MARM-63", "MARM-23", "MARM-22")
def test_agencies_meet_with_the_person_at_the_centre(page: Page, riverside: Universe) -> None:
    case = f"/cases/{riverside.cases['case']}/"
    # given an agency that is invited, and sees who is meant and why
    signed_in_as(page, "Dee Marsh")
    looked_at(page)
    page.get_by_role("link", name="your organisation has been asked to take part").click()
    page.get_by_text("She asked for one person who stays.").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Decline the invitation").click()
    looked_at(page)
    page.go_back()
    page.get_by_role("button", name="Accept the invitation").click()
    page.get_by_text("Your organisation is now taking part").wait_for()
    page.get_by_role("link", name="Agencies: who is invited, and why").click()
    page.get_by_text("She holds no tenancy of ours.").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Step back from the case").click()
    looked_at(page)
    # and asks for a meeting
    page.goto(f"{case}meetings/")
    looked_at(page)
    page.get_by_role("button", name="Ask for a meeting").click()
    looked_at(page)
    page.get_by_label("Serious harm may come within days").check()
    page.get_by_label("Why is a meeting needed?").fill("She stayed away from the kitchen on Tuesday.")
    page.get_by_role("button", name="Send request").click()
    page.get_by_text("You have asked for a meeting").wait_for()
    signed_out(page)
    # when it is set: on a Saturday only if that is meant
    signed_in_as(page, "Joan Adeyemi")
    page.goto(f"{case}agencies/invite/")
    looked_at(page)
    page.goto(f"{case}meetings/set/")
    looked_at(page)
    day = working_days_after(timezone.localdate(), 5)
    saturday = day + timedelta(days=(5 - day.weekday()) % 7)
    page.get_by_label("Review meeting").check()
    page.get_by_label("How will the person take part?").fill("She comes for the first half.")
    page.get_by_label("What time?").fill("15:30")
    page.get_by_label("Where?").fill("The library")
    page.get_by_label("Who chairs?").select_option(label="Gwen Hughes, Riverside Council")
    for date in (saturday, day):
        for name, value in (("Day", date.day), ("Month", date.month), ("Year", date.year)):
            page.get_by_label(name, exact=True).fill(str(value))
        page.get_by_role("button", name="Save").click()
        if date == saturday:
            page.get_by_role("link", name="That is a weekend").wait_for()
            looked_at(page)
    page.get_by_text("The meeting has been set").wait_for()
    looked_at(page)
    meeting = page.url
    page.goto(f"{meeting}reports/send/")
    page.get_by_label("What we saw, or hold on file").fill("Three addresses since August.")
    page.get_by_label("What is strong").fill("She rings on Sundays.")
    page.get_by_label("Home", exact=True).check()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("What your agency knows has been sent to the meeting").wait_for()
    signed_out(page)
    # then the agency says that it comes, and what it knows
    signed_in_as(page, "Dee Marsh")
    page.goto(meeting)
    page.get_by_role("button", name="Say whether your agency is coming").click()
    looked_at(page)
    page.get_by_label("Is coming", exact=True).check()
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("link", name="What each agency knows").click()
    page.get_by_role("button", name="Say what your agency knows").click()
    looked_at(page)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("There is a problem").wait_for()
    page.get_by_label("What we saw, or hold on file").fill("On 12 November she ate with us and stayed late.")
    page.get_by_label("What is strong").fill("She taught two others to make bread.")
    page.get_by_label("What matters to them").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Only Been There (peer support) knows about this.").wait_for()
    looked_at(page)
    signed_out(page)
    # and minutes do not close until the person is in them
    with transaction.atomic():
        tell_database(system_actor("tests"))
        Meeting.objects.filter(id=meeting.rstrip("/").rsplit("/", 1)[-1]).update(
            begins_at=timezone.now() - timedelta(hours=1)
        )
    signed_in_as(page, "Joan Adeyemi")
    page.goto(f"{meeting}minutes/")
    looked_at(page)
    page.get_by_role("button", name="Write the minutes").click()
    looked_at(page)
    page.get_by_label("Their story, what is strong and what matters").fill("She cooks, and goes to college.")
    page.get_by_label("What each agency knows").fill("The peers: she stays late.")
    for agency in page.get_by_role("group", name="did they come?").all():
        agency.get_by_label("Was there").check()
    page.get_by_role("button", name="Close the minutes").click()
    page.get_by_role("link", name="Say how the person took part").wait_for()
    looked_at(page)
    page.get_by_label("Through a worker they trust").check()
    page.get_by_role("button", name="Close the minutes").click()
    page.get_by_role("link", name="Write what the person thinks and wants").wait_for()
    page.get_by_label("What they think and want").fill("Dee: “A door, and somebody who stays.”")
    page.get_by_role("button", name="Close the minutes").click()
    page.get_by_text("The minutes have been closed").wait_for()
    expect(page.get_by_role("button", name="Write the minutes")).to_have_count(0)
    looked_at(page)
    page.get_by_role("button", name="Add to the minutes").click()
    looked_at(page)
    page.get_by_label("What is wrong, or missing?").fill("She said “a door that locks”.")
    page.get_by_role("button", name="Add to the minutes").click()
    page.get_by_text("She said “a door that locks”.").wait_for()

"""Nobody is left holding risk alone: agencies differ, one steps back, a case ends, somebody looks back."""

from datetime import datetime

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as, signed_out
from tests.casework.journeys.deciding import filled, on, picked
from tools.holding import fill_holding
from tools.universe import Universe


@pytest.mark.proves("MARM-60", "MARM-61", "MARM-67", "SAFE-13")
def test_agencies_settle_step_back_and_end_so_that_nobody_holds_it_alone(
    page: Page, riverside: Universe, on_monday: datetime
) -> None:
    made = fill_holding(riverside, at=on_monday)
    case = riverside.cases["case"]

    # the council differs with Riverside Homes; it is said on the case, and goes to the next step by name
    signed_in_as(page, "Joan Adeyemi")
    page.goto(f"/cases/{case}/")
    page.get_by_role("heading", name="Still open between agencies").wait_for()
    looked_at(page)
    page.get_by_role("link", name="What agencies disagree about", exact=True).click()
    page.get_by_role("heading", name="How it is settled here").wait_for()
    looked_at(page)
    page.get_by_role("button", name="We disagree with another agency").click()
    page.get_by_role("heading", name="We disagree with another agency").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.goto(f"/disputes/{riverside.cases['dispute']}/")
    looked_at(page)
    page.get_by_role("button", name="Take it to the next step").click()
    filled(page, why="No day was named.", who="Gwen Hughes, council; the manager of Tom Reilly")
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It has gone to the next step: Their managers speak").wait_for()
    looked_at(page)
    page.get_by_role("button", name="It is settled").click()
    filled(page, words="Tom comes along to the next visit.")
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("How it was settled has been saved").wait_for()
    signed_out(page)

    # the peers come in, and step back: they are warned, and say who holds it
    signed_in_as(page, "Dee Marsh")
    page.goto(f"/invitations/{riverside.cases['invitation']}/")
    page.get_by_role("button", name="Accept the invitation").first.click()
    page.get_by_text("Your organisation is now taking part").first.wait_for()
    page.goto(f"/cases/{case}/agencies/leave/")
    page.get_by_text("The risk is still open").wait_for()
    page.get_by_role("button", name="Step back").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    filled(
        page, why="Nobody of us is 19.", who_holds="Nobody yet", person_told="Today; she shrugged.",
        agencies_told="Joan, just now",
    )  # fmt: skip
    page.get_by_role("button", name="Step back").click()
    page.get_by_text("Your organisation no longer takes part").wait_for()
    signed_out(page)

    # who co-ordinates finds it on the day, and answers; and sees who refuses
    signed_in_as(page, "Mair Pugh")
    page.goto("/")
    page.get_by_role("link", name="an agency stepped back, and is waiting for your answer").first.click()
    page.get_by_role("link", name="stepped back, and the lead has not answered").click()
    looked_at(page)
    page.get_by_role("button", name="Answer this").click()
    page.get_by_label("No: it needs to be settled between the agencies").check()
    filled(page, words="She asked for one person who stays.")
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("Say what happens meanwhile").first.wait_for()
    looked_at(page)
    filled(page, meanwhile="Joan goes on Tuesdays.", who="Joan Adeyemi; Dee Marsh")
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("link", name="How this is settled between the agencies").wait_for()
    page.goto("/cases/refusals/")
    page.get_by_role("heading", name="Refusals by agency").first.wait_for()
    looked_at(page)

    # the case ends: nothing is left behind
    page.goto(f"/cases/{case}/end/")
    page.get_by_role("heading", name="Not finished yet").wait_for()
    looked_at(page)

    # and the agency says whether it agrees to what remains
    page.goto("/")
    looked_at(page)
    page.get_by_role("link", name="agrees about the risk that remains").click()
    page.get_by_role("heading", name="What remains, and who holds it").wait_for()
    looked_at(page)
    picked(page, agrees="not_agreed")
    filled(page, words="His ward was not told.")
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("has been saved with how the case ended").wait_for()
    signed_out(page)

    # after a fall whoever noted it says whether a review is asked for, and reads what each agency said
    signed_in_as(page, "Tom Reilly")
    page.goto("/")
    page.get_by_role("link", name="say whether somebody should look back").click()
    page.get_by_role("heading", name="What each agency says about what remains").wait_for()
    page.get_by_text("His ward was not told.").wait_for()
    looked_at(page)
    page.get_by_role("link", name="The person was seriously harmed").click()
    page.get_by_role("heading", name="Should somebody look back at what happened?").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Say whether you are asking for a review").click()
    picked(page, asks="safeguarding_review")
    filled(page, why="Each of us knew a part of it.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Say who it was sent to").first.wait_for()
    looked_at(page)
    filled(page, sent_to="The manager of the board", reference="SAR-7")
    on(page, "sent_on", "9", "11", "2026")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Your answer about a review has been saved").wait_for()
    page.goto(f"/cases/{made['ended']}/harm/")
    page.get_by_role("heading", name="Death or serious harm").wait_for()
    looked_at(page)
    signed_out(page)

"""One agency asks another for information, reads its letter first, and is refused with written reasons."""

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as, signed_out
from tools.universe import Universe


@pytest.mark.proves("MARM-38", "MARM-35")
def test_a_social_worker_asks_the_police_and_reads_why_they_will_not_share(
    page: Page, riverside: Universe
) -> None:
    # given Asha at Bee's page, who wants to know of calls
    signed_in_as(page, "Asha Patel")
    looked_at(page)
    page.goto(f"/people/{riverside.people['Bee']}/")
    page.get_by_role("link", name="Ask another agency for information").click()
    page.get_by_role("heading", name="Ask another agency for information").wait_for()
    looked_at(page)
    # when she sends half of it, it says what is missing
    page.get_by_label("Which organisation are you asking?").select_option("Valley Police")
    page.get_by_role("button", name="Check your letter").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    looked_at(page)
    # and when she has written two things and checks it, the letter stands there word for word
    page.get_by_label("Which of your tasks is it for?").fill(
        "Finding out whether she is at risk, and what protects her."
    )
    page.get_by_label("Care Act 2014, section 7").check()
    first = page.get_by_role("group", name="What you ask for: 1")
    first.get_by_label("What information?").fill("Whether neighbours called about shouting.")
    first.get_by_label("Why is it needed?").fill("She says somebody upstairs shouts at her.")
    first.get_by_label("For what period?").fill("Since January")
    page.get_by_role("button", name="Ask for one more thing").click()
    second = page.get_by_role("group", name="What you ask for: 2")
    assert first.get_by_label("For what period?").input_value() == "Since January"
    second.get_by_label("What information?").fill("Who came when they called.")
    second.get_by_label("Why is it needed?").fill("To speak with somebody whom she has met.")
    second.get_by_label("For what period?").fill("The last call")
    page.get_by_label("Ordinary personal data").check()
    page.get_by_label("Yes, they know").check()
    page.get_by_label("It is urgent").check()
    page.get_by_label("How can they answer you safely?").fill("Telephone me, 01632 960101.")
    page.get_by_role("button", name="Check your letter").click()
    page.get_by_role("heading", name="Check your letter before it is sent").wait_for()
    looked_at(page)
    assert "2. What: Who came when they called." in page.inner_text("main")
    page.get_by_role("button", name="Send the request").click()
    page.get_by_role("heading", name="A request to Valley Police").wait_for()
    looked_at(page)
    assert "ISA-RIV-007" in page.inner_text("main")
    address = page.url
    page.get_by_role("link", name="The letter, ready to print").click()
    page.get_by_text("Printed by Asha Patel").wait_for()
    looked_at(page)
    page.goto("/requests/")
    looked_at(page)
    page.goto("/")
    signed_out(page)
    # then the police find it on their day, and say no with reasons
    signed_in_as(page, "Kit Lowe")
    looked_at(page)
    page.get_by_role("link", name="Riverside Council asks for information by 10 November 2026").click()
    page.get_by_role("link", name="We will not share, and why").click()
    page.get_by_role("button", name="Send the reasons").click()
    looked_at(page)
    page.get_by_label("Another reason").check()
    page.get_by_label("Your reasons, in writing").fill("An inquiry is open, and this would tell him of it.")
    page.get_by_role("button", name="Send the reasons").click()
    page.get_by_role("heading", name="A request from Riverside Council").wait_for()
    looked_at(page)
    signed_out(page)
    # and Asha reads them, and that section 7 knows no such reason
    signed_in_as(page, "Asha Patel")
    page.goto(address)
    text = page.inner_text("main")
    assert "An inquiry is open, and this would tell him of it." in text
    assert "They gave neither." in text
    looked_at(page)


@pytest.mark.proves("MARM-38")
def test_what_is_late_is_chased_withdrawn_and_counted(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Asha Patel")
    page.get_by_role("link", name="Valley Police should have answered by").click()
    page.get_by_role("button", name="Remind them").click()
    page.get_by_text("Asha Patel reminded Valley Police.").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Withdraw the request").click()
    looked_at(page)
    page.get_by_label("Why do you no longer need it?").fill("She told us herself.")
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_text("She told us herself.").wait_for()
    signed_out(page)
    signed_in_as(page, "Tom Reilly")
    page.get_by_role("link", name="Riverside Council asks for information by").click()
    page.get_by_role("link", name="We hold nothing").click()
    looked_at(page)
    page.get_by_role("button", name="Answer that we hold nothing").click()
    page.get_by_text("Nothing is held").wait_for()
    signed_out(page)
    signed_in_as(page, "Iris Okafor")
    page.get_by_role("link", name="Requests", exact=True).click()
    page.get_by_role("heading", name="How each agency answers").wait_for()
    assert "1 of 1 answered in time" in page.inner_text("main")
    looked_at(page)

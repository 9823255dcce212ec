"""A small worry joins others, means more than it seemed, and agencies come together with one who leads."""

import pytest
from playwright.sync_api import Page, expect
from tests.casework.journeys.conftest import looked_at, signed_in_as, signed_out
from tools.universe import Universe


@pytest.mark.proves("MARM-66", "MARM-57", "MARM-59", "MARM-15", "MARM-12", "MARM-47")
def test_a_worry_adds_up_is_asked_about_and_agencies_come_together(page: Page, riverside: Universe) -> None:
    # given a peer supporter with two minutes, who sees that others worry too
    signed_in_as(page, "Dee Marsh")
    page.goto(f"/people/{riverside.people['Bee']}/concerns/")
    page.get_by_text("Concerns are adding up: talk to each other.").wait_for()
    expect(page.get_by_text("Bags on the landing")).to_have_count(0)
    looked_at(page)
    # when she writes what she saw, which may mean more
    page.get_by_role("button", name="Raise a concern").click()
    page.get_by_role("heading", name="Raise a concern").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Raise it").click()
    page.get_by_text("There is a problem").wait_for()
    page.get_by_label("What are you worried about?").fill(
        "Bruises on her wrist, and new friends of the man upstairs have her key."
    )
    page.get_by_role("group", name="Is it safe for the person to know").get_by_label("Yes").check()
    page.get_by_role("button", name="Raise it").click()
    # then each thing it may mean is asked about, one beside the other
    page.get_by_role("heading", name="What you wrote may mean more").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Check: Adult safeguarding").click()
    page.get_by_role("heading", name="Adult safeguarding").wait_for()
    looked_at(page)
    for question, answer in (
        ("Do they have, or might they have, needs for care", "Not known"),
        ("Are they being", "Yes"),
        ("Because of", "Not known"),
    ):
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    page.get_by_label("What makes you answer this way?").fill(
        "I saw the wrist on Thursday; she said the door did it."
    )
    page.get_by_role("button", name="Save the answers").click()
    page.get_by_role("heading", name="Sent to: Adult safeguarding").wait_for()
    looked_at(page)
    page.get_by_label("Who was it sent to?").fill("Safeguarding, by telephone")
    page.get_by_label("Why?").fill("A bruise, and a key that others have.")
    page.get_by_role("button", name="Save that it was sent").click()
    page.get_by_text("stays open until you say what came of it").wait_for()
    page.get_by_role("link", name="Write down what came of it").first.click()
    looked_at(page)
    page.get_by_label("It was taken on").check()
    page.get_by_label("What did they say?").fill("Somebody visits tomorrow with Dee.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("What came of it has been saved").wait_for()
    looked_at(page)
    signed_out(page)
    # and a social worker asks that agencies come together: what the records say stands beside the questions
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{riverside.people['Bee']}/concerns/")
    page.get_by_role("button", name="Ask agencies to come together").click()
    page.get_by_text("What the records say:").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Send request").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("What does the person say?").fill("My patterns stay. The key comes back to me.")
    page.get_by_label("What do they want to happen?").fill("To be at home, and to decide who has a key.")
    page.get_by_label("What is strong, and what works?").fill("Dee on Thursdays; she teaches what she knows.")
    for question in page.get_by_role("group").filter(has=page.get_by_label("Not known", exact=True)).all():
        question.get_by_label("Not known", exact=True).check()
    page.get_by_role("group", name="Is serious harm likely, have").get_by_label("Yes", exact=True).check()
    page.get_by_label("What was tried, by whom").fill("Each of us alone.")
    page.get_by_label("What may happen to them because of how they live").fill(
        "A fall, or a fire, this winter."
    )
    page.get_by_label("What may others do to them?").fill("A visitor counts the post, and has a key.")
    page.get_by_label("What may happen to others?").fill("A fire would not stop at her wall.")
    page.get_by_label("Not within days").check()
    page.get_by_label("They know, and agree").check()
    page.get_by_role("button", name="Send request").click()
    page.get_by_text("You co-ordinate until somebody leads.").wait_for()
    looked_at(page)
    # then what may happen stands in its three directions beside what is strong
    strong, may = (page.get_by_role("region", name=name) for name in ("What is strong", "What may happen"))
    expect(strong).to_contain_text("Dee on Thursdays")
    for direction in ("A fall, or a fire", "A visitor counts the post", "A fire would not stop"):
        expect(may).to_contain_text(direction)
    left, right = strong.bounding_box(), may.bounding_box()
    assert left is not None
    assert right is not None
    wide = page.evaluate("window.innerWidth > 640")  # on a telephone one stands under the other
    assert (left["x"] < right["x"], left["y"] < right["y"]) == (wide, not wide)
    signed_out(page)
    # when the co-ordinator opens it
    signed_in_as(page, "Mair Pugh")
    page.get_by_role("link", name="Bee: agencies have been asked to come together").click()
    looked_at(page)
    page.get_by_role("button", name="Open the case").click()
    looked_at(page)
    page.get_by_label("Why?").fill("Three agencies, three parts of it, and no plan.")
    page.get_by_role("button", name="Open the case").click()
    page.get_by_text("It now needs somebody to lead it.").wait_for()
    # and asks whom the register speaks for
    page.get_by_role("button", name="Ask somebody to lead").click()
    page.get_by_role("heading", name="Who could").wait_for()
    looked_at(page)
    page.get_by_label("Who is asked to lead?").select_option(label="Asha Patel (Riverside Council)")
    page.get_by_label("Why?").fill("She sees her every two weeks.")
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text("Asha Patel has been asked to lead").wait_for()
    page.goto("/cases/")
    looked_at(page)
    signed_out(page)
    # then she accepts, and leads
    signed_in_as(page, "Asha Patel")
    page.get_by_role("link", name="Bee: you have been asked to lead").click()
    page.get_by_role("link", name="I cannot lead it").click()
    looked_at(page)
    page.go_back()
    page.get_by_role("button", name="I will lead this case").click()
    page.get_by_text("You lead this case now").wait_for()
    page.get_by_text("Asha Patel, Riverside Council has led since").wait_for()
    looked_at(page)

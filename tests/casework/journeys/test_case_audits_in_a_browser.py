"""A co-ordinator has cases drawn; who looks reads numbers; and what was learnt is closed with an owner."""

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import AT_A_DESK, MONDAY, looked_at, signed_in_as, signed_out
from tests.casework.journeys.deciding import filled, go_on, on, picked
from tests.casework.marm.conftest import asked
from tools.universe import Universe, actor_for

from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy

NAMES = ("Ottoline", "Peregrine", "Quilla", "Rosamund", "Sholto")


@AT_A_DESK
@pytest.mark.proves("MARM-62")
def test_agencies_look_into_cases_without_a_name_and_learn_together(page: Page, riverside: Universe) -> None:
    # given five cases about people whom Been There does not know
    asha, mair = (actor_for(riverside, name, on=MONDAY.date()) for name in ("Asha Patel", "Mair Pugh"))
    for name in NAMES:
        person = admit_person(
            actor=asha, at=MONDAY, why=ReachWhy.RAISED_CONCERN, known={"known_as": name, "surname": "Verney"}
        )
        case = ask_for_case(actor=asha, at=MONDAY, person_id=person.id, asked=asked())
        open_case(actor=mair, at=MONDAY, case_id=case.id, why="Each of us sees a part.")
    # when the co-ordinator has five of all cases drawn
    signed_in_as(page, "Mair Pugh")
    page.get_by_role("link", name="Case audits").first.click()
    looked_at(page)
    go_on(page, "Begin a case audit", "Begin a case audit")
    page.get_by_role("button", name="Draw the cases").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    on(page, "first", "1", "11", "2026")
    on(page, "last", "9", "11", "2026")
    filled(page, size="5")
    page.get_by_label("Asha Patel (").check()
    page.get_by_label("Dee Marsh (").check()
    go_on(page, "1 November 2026 to 9 November 2026", "Draw the cases")
    page.get_by_text("The same seed would draw the same cases today.").wait_for()
    looked_at(page)
    address = page.url
    signed_out(page)
    # then who looks sees a number and counts, and answers
    signed_in_as(page, "Dee Marsh")
    for number in range(1, 6):
        page.goto(address)
        page.get_by_role("link", name=f"Case {number}", exact=True).click()
        page.get_by_role("heading", name="Counted from the record").wait_for()
        assert not [name for name in NAMES if name in page.content()]
        for each in marm_pack().case_audits.questions:
            if each.fact is None:
                picked(page, **{each.code: "partly" if each.code == "known" else "met"})
        if number == 1:
            looked_at(page)
            page.get_by_role("button", name="Save what I see").click()
            page.get_by_text("Say what is missing").first.wait_for()
            looked_at(page)
        filled(page, known_words="One had known for two years.")
        page.get_by_role("button", name="Save what I see").click()
        page.get_by_text("What you see has been saved").wait_for()
    looked_at(page)
    signed_out(page)
    # and it is closed with what was learnt, for all to read
    signed_in_as(page, "Mair Pugh")
    page.goto(address)
    go_on(page, "What was learnt", "Close it, and say what was learnt")
    looked_at(page)
    filled(page, learnt="One of us had been there for two years, and nobody asked.", change="Ask who knows.")
    page.locator("[name=owner]").select_option(label="Asha Patel (Riverside Council)")
    on(page, "by_day", "1", "12", "2026")
    page.get_by_role("button", name="Close the case audit").click()
    page.get_by_text("The case audit is closed").wait_for()
    page.get_by_text("One had known for two years.").first.wait_for()
    looked_at(page)
    signed_out(page)
    signed_in_as(page, "Iris Okafor")
    page.goto("/cases/audits/")
    page.get_by_text("Closed on").wait_for()
    looked_at(page)

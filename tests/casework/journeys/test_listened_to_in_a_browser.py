"""Stories of people whom agencies would rather not hold, or not leave alone, and who are listened to."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    MONDAY,
    WITHOUT_SCRIPT,
    looked_at,
    signed_in_as,
    signed_out,
)
from tests.casework.journeys.stories import FITS_WHOLE, Stage, after, it_is
from tools.universe import Universe

from alongside.casework.marm.commands.concerning import ask_three_limbs
from alongside.casework.marm.commands.invitations import decline_invitation, invite_agency
from alongside.casework.marm.rules.decisions import Option
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.screening import Limb, Said


@AT_A_DESK
@pytest.mark.proves("SAFE-13", "MARM-01")
def test_whom_three_agencies_call_too_high_a_risk_is_held_all_the_same(
    page: Page, riverside: Universe
) -> None:
    stage = Stage(riverside)
    # given a man of whose past three agencies read, and who says what is so now
    stage.join("st_ives", "St Ives House (hostel)", "housing", "Ines Roy", "Hostel manager")
    ray = stage.meet(
        "Asha Patel", "You read of the fire in 2009. On Sunday I was nineteen weeks sober.",
        known_as="Ray", forename="Ray", surname="Kemp", date_of_birth=date(1982, 3, 17),
        nhs_number="9990000549",
    )  # fmt: skip
    case = stage.ask(
        "Asha Patel", ray, own_words="Say it to my face what I have to do.", wanted="A room with a lock.",
        strengths="Nineteen weeks; he cooks for the church on Fridays.", tried="Four hostels, four refusals.",
        risk_to_self="He sleeps in a car park, and it freezes.", met=FITS_WHOLE,
    )  # fmt: skip
    address = stage.together(case)
    invited = {}
    for code in ("st_ives", "riverside_homes", "been_there"):
        invited[code] = invite_agency(
            actor=stage.who("Mair Pugh"), at=MONDAY, case_id=case.id, organisation_id=stage.agency(code).id,
            why="He needs a room, and somebody who has been there.",
        ).id  # fmt: skip
    for code, name, words in (
        ("riverside_homes", "Tom Reilly", "Arson on file: our insurer says no."),
        ("been_there", "Dee Marsh", "Our peers go alone, and one lost her home to fire."),
    ):
        decline_invitation(
            actor=stage.who(name), at=MONDAY, invitation_id=invited[code], why_not=WhyNot.TOO_HIGH_RISK,
            words=words,
        )  # fmt: skip
    # when the third says it as well, on the page that asks why
    signed_in_as(page, "Ines Roy")
    page.get_by_role("link", name="your organisation has been asked to take part").click()
    page.get_by_role("link", name="Decline the invitation").click()
    page.get_by_label("The risk is too high for us").check()
    page.get_by_label("In a sentence").fill("The fire in 2009: our rules say never.")
    page.get_by_role("button").last.click()
    signed_out(page)
    # then each is named with its reason, and none of them is a reason to end
    signed_in_as(page, "Asha Patel")
    page.goto(f"{address}agencies/")
    for words in ("our insurer says no", "one lost her home to fire", "our rules say never"):
        said = page.get_by_text(words)
        expect(said).to_contain_text("The risk is too high for us")
    looked_at(page)
    # and what was tried to be in touch stands in one log, what worked first
    page.goto(address)
    page.get_by_role("link", name="What was tried, and what worked").click()
    page.get_by_role("button", name="Write down what you tried").click()
    page.get_by_label("Somewhere they go anyway").check()
    page.get_by_label("What did you do and say?").fill("Ate with him at the church on Friday.")
    page.get_by_label("We spoke").check()
    page.get_by_label("What worked, or might work next time?").fill("Fridays, over food.")
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 time", exact=True)).to_have_count(2)  # tried, and reached
    expect(page.get_by_role("listitem").filter(has_text="Fridays, over food.")).to_be_visible()
    looked_at(page)
    page.goto(f"{address}end/")
    page.get_by_role("heading", name="End the case").wait_for()
    reasons = page.get_by_role("radio")
    expect(reasons.first).to_be_visible()
    for no_reason in ("risk is too high", "engage"):
        expect(page.get_by_label(no_reason)).to_have_count(0)
    # and one that is asked again, with what is so now, comes; what it said before stays
    page.goto(f"{address}agencies/invite/?organisation={stage.agency('st_ives').id}")
    page.get_by_label("Why").last.fill("Nineteen weeks sober. A room by the door, and we pay for the alarm.")
    page.get_by_role("button").last.click()
    signed_out(page)
    signed_in_as(page, "Ines Roy")
    page.get_by_role("link", name="your organisation has been asked to take part").click()
    page.get_by_text("we pay for the alarm").wait_for()
    page.get_by_role("button", name="Accept the invitation").click()
    page.get_by_role("link", name="Agencies: who is invited, and why").click()
    expect(page.get_by_text("our rules say never")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="St Ives House (hostel)").first).to_be_visible()


@WITHOUT_SCRIPT
@pytest.mark.proves("CARE-13", "CARE-20", "MARM-08")
def test_one_who_declines_everything_is_right_and_it_ends_with_her_being_so(
    page: Page, riverside: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(riverside)
    # given a woman who declined a rota, a pendant and a move, and says why
    win = stage.meet(
        "Asha Patel", "I fell twice in forty years. You have come eleven times this month.",
        known_as="Win", forename="Winifred", surname="Abara", date_of_birth=date(1947, 8, 14),
        nhs_number="9990000557",
    )  # fmt: skip
    stage.knows(win, "riverside_homes", asks="Asha Patel", answers="Tom Reilly")
    stage.happened(
        win,
        [
            ("Tom Reilly", "offer", date(2026, 10, 2), "A ground floor flat. “My stairs are my doctor.”"),
            ("Asha Patel", "offer", date(2026, 10, 20), "A pendant. “And who do you think will come?”"),
        ],
    )
    # and no safeguarding matter: it is asked, and does not lead on
    ask_three_limbs(
        actor=stage.who("Asha Patel"), at=MONDAY, person_id=win, forum="safeguarding",
        limbs={Limb.NEEDS: Said.YES, Limb.ABUSE: Said.NO, Limb.CANNOT_PROTECT: Said.NO},
        words="She keeps herself, and says what she wants.",
    )  # fmt: skip
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{win}/concerns/")
    page.get_by_text("The answers do not point there.").wait_for()
    # when agencies are asked all the same, what was tried and what came of it stands beside the questions
    page.get_by_role("button", name="Ask agencies to come together").click()
    for words in ("My stairs are my doctor.", "And who do you think will come?"):
        page.get_by_text(words).wait_for()
    looked_at(page)
    case = stage.ask(
        "Asha Patel", win, own_words="Ask Mrs Lund. She knocks at eight and I knock back.",
        wanted="To be left, and found if I lie there.", strengths="Mrs Lund, every day for eleven years.",
        tried="A rota, a pendant, a move.", risk_to_self="A fall in the night.",
        met=(*FITS_WHOLE, "declines_essential_help"), manager_told="Gwen Hughes",
    )  # fmt: skip
    address = stage.together(case, with_=[("riverside_homes", "Tom Reilly")])
    signed_out(page)
    # then they decide with her that nothing is put in: who backs it stands there by name, and who differs
    decision = stage.decided(
        case, "Asha Patel", at=MONDAY,
        spoke={"riverside_council": "Gwen Hughes", "riverside_homes": "Tom Reilly"},
        differs={"riverside_homes": "The stairs have no second rail."}, question="What is put in?",
        decided="Nothing. Mrs Lund has the duty number, and two people who answer it.",
        own_view="At last.", level="A night on the floor, once.", support="Her own tea, two afternoons.",
        speaks_for="She and Mrs Lund do it already.", speaks_against="Mrs Lund is 81.",
        reasons="It is her life, she weighed it, and it works.",
        options=(
            Option("Nothing, and a number for Mrs Lund", "It is hers", "A night on the floor", "The same",
                   least_restrictive=True, chosen=True),
            Option("Carers twice a day", "Somebody looks", "She locks them out", "A night on the floor"),
        ),
    )  # fmt: skip
    signed_in_as(page, "Tom Reilly")
    page.goto(address)
    expect(page.get_by_text("To be left, and found if I lie there.")).to_be_visible()
    backed = page.get_by_text("Manager who knows").locator("..")
    expect(backed).to_contain_text("Gwen Hughes")
    page.goto(f"/decisions/{decision.id}/")
    page.get_by_text("Riverside Council, Gwen Hughes").wait_for()
    expect(page.get_by_text("The stairs have no second rail.")).to_be_visible()
    expect(page.get_by_text("What is known about their capacity for this")).to_have_count(0)
    looked_at(page)
    signed_out(page)
    # and after a month in which she was right it ends in her words; where the risk is gone nobody need watch
    it_is(monkeypatch, after(35))
    signed_in_as(page, "Asha Patel")
    page.goto(f"{address}end/safer/")
    page.get_by_role("group", name="Did what the person wanted").get_by_label("Yes, all of it").check()
    page.get_by_role("group", name="What became of the risk").get_by_label("It is gone").check()
    for question, words in (
        ("The person's own view", "They stopped coming. Good."),
        ("What each agency goes on doing", "Tom mends the rail when she rings."),
        ("What do they say about it?", "I told you so."),
    ):
        page.get_by_label(question).fill(words)
    page.get_by_role("button", name="End the case").click()
    page.get_by_text("The case has ended.").wait_for()
    expect(page.get_by_text("I told you so.")).to_be_visible()
    looked_at(page)

"""Stories of people known to many and held by nobody, until agencies come together around them."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    MONDAY,
    ON_A_PHONE,
    looked_at,
    signed_in_as,
    signed_out,
)
from tests.casework.journeys.deciding import filled, on
from tests.casework.journeys.stories import FITS_WHOLE, NIGHT, Stage, after, it_is
from tools.universe import Universe

from alongside.casework.directory.days import working_days_after
from alongside.casework.marm.commands.drifting import find_drift
from alongside.casework.marm.models import DriftFound
from alongside.casework.marm.rules.decisions import Option
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.records import note_contact


@AT_A_DESK
@pytest.mark.proves("SAFE-15", "MARM-02", "MARM-06")
def test_capacity_that_comes_and_goes_with_drink_holds_nothing_up(page: Page, riverside: Universe) -> None:
    stage = Stage(riverside)
    # given a man who is clear in the morning, and three agencies that each saw another side of one night
    frank = stage.meet(
        "Asha Patel", "Come before the kettle is cold. After dinner I am no use to anyone, myself included.",
        known_as="Frank", forename="Frank", surname="Doyle", date_of_birth=date(1968, 1, 9),
        nhs_number="9990000514", adjustments="Mornings, before eleven. A chair by the door.",
    )  # fmt: skip
    stage.knows(frank, "valley_police", asks="Asha Patel", answers="Kit Lowe")
    stage.knows(frank, "riverside_homes", asks="Asha Patel", answers="Tom Reilly")
    night = date(2026, 10, 30)
    stage.happened(
        frank,
        [
            ("Tom Reilly", "concern", night, "Water through the ceiling of number 6; the bath was running."),
            ("Kit Lowe", "contact", night, "Asleep on the stairs at eleven. He knew neither day nor floor."),
            ("Asha Patel", "contact", date(2026, 10, 31), "At nine he made tea, and rang his daughter."),
        ],
    )
    case = stage.ask(
        "Asha Patel", frank, own_words="I know what I am doing at ten. Ask me at ten.",
        wanted="To stay in the flat, and to see Marie on Sundays.", strengths="He rings Marie each Sunday.",
        tried="The drink service sends letters; he keeps them unopened.", met=FITS_WHOLE,
        risk_to_self="He drowns, or the flat below floods again, within weeks.",
        unclear=("declines_essential_help",), not_met=("harm_in_the_family",),
    )  # fmt: skip
    # then what each saw of that night stands on one page, a lane for each agency
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{frank}/")
    drawing = page.get_by_role("img", name="What happened, a lane for each agency")
    for lane in ("Riverside Homes", "Valley Police", "Riverside Council"):
        expect(drawing.locator("desc")).to_contain_text(f"{lane}: ")
    for words in ("the bath was running", "Asleep on the stairs", "At nine he made tea"):
        expect(page.get_by_text(words)).to_be_visible()
    looked_at(page)
    signed_out(page)
    # and a capacity that is in doubt neither turns him away nor is passed over
    signed_in_as(page, "Mair Pugh")
    page.get_by_role("link", name="Frank: agencies have been asked to come together").click()
    page.get_by_text("Not everything is known, and that holds nothing up").wait_for()
    expect(page.get_by_text("Capacity is in doubt, or comes and goes")).to_be_visible()
    page.get_by_role("button", name="Open the case").click()
    page.get_by_label("Why?").fill("Three sides of one man.")
    page.get_by_role("button", name="Open the case").click()
    page.get_by_text("The case is open.").wait_for()
    signed_out(page)
    # when a meeting is set under the name it has on a ward, what he needs for it is there already
    signed_in_as(page, "Asha Patel")
    page.goto(f"/cases/{case.id}/meetings/set/")
    expect(page.get_by_label("What do they need to take part?")).to_have_value(
        "Mornings, before eleven. A chair by the door."
    )
    page.get_by_label("Complex discharge meeting").check()
    filled(
        page, takes_part="In the chair by the door; Marie by telephone.",
        time="10:00", place="Ward 4, the day room",
    )  # fmt: skip
    on(page, "on", *working_days_after(MONDAY.date(), 2).strftime("%d %m %Y").split())
    page.get_by_label("Who chairs?").select_option(label="Gwen Hughes, Riverside Council")
    page.get_by_label("Riverside Council", exact=False).check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The meeting has been set").wait_for()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Complex discharge meeting")
    looked_at(page)
    # and what is decided says what is known of his capacity for it, hour by hour
    decision = stage.decided(
        case, "Asha Patel", at=MONDAY, spoke={"riverside_council": "Asha Patel"}, capacity_in_doubt=True,
        question="Who holds the key to the stopcock?", decided="Tom does, from dinner until breakfast.",
        capacity_words="Asked at ten on two mornings: he can. At three he could not, and was asked next day.",
        own_view="Take it at dinner and give it me back with the tea.", level="Wet feet, not a wet ceiling.",
        support="Asked at ten, with the tap in front of him.", speaks_for="It was his idea.",
        speaks_against="A day may come without breakfast.", reasons="It is least, and he can undo it daily.",
        options=(
            Option("Tom keeps the key at night", "He baths in the morning", "He must ask", "The flat floods",
                   least_restrictive=True, chosen=True),
            Option("The water is cut", "Nothing floods", "He cannot wash", "The flat floods"),
        ),
    )  # fmt: skip
    page.goto(f"/decisions/{decision.id}/")
    page.get_by_text("Asked at ten on two mornings: he can.").wait_for()
    expect(page.get_by_text("Take it at dinner and give it me back with the tea.")).to_be_visible()


@ON_A_PHONE
@pytest.mark.proves("MARM-11", "MARM-18", "MARM-24", "MARM-56")
def test_a_family_that_frightens_visitors_is_a_way_in_and_hears_nothing_of_it(
    page: Page, riverside: Universe
) -> None:
    stage = Stage(riverside)
    # given a woman who can decide, and whose grandson stands in the door; she lets us speak with both
    edith = stage.meet(
        "Asha Patel", "Cole shouts, but he fetches my tablets. Do not tell him that I spoke.",
        known_as="Edith", forename="Edith", surname="Marlow", date_of_birth=date(1945, 5, 30),
        nhs_number="9990000522", safe_contact="Ring on Tuesday mornings, when Cole is out. Say: the library.",
    )  # fmt: skip
    for name, relationship, poses_risk in (("Cole", "grandson", True), ("Jean", "neighbour", False)):
        note_contact(
            actor=stage.who("Asha Patel"), at=MONDAY, person_id=edith, name=name, permission="yes",
            relationship=relationship, poses_risk=poses_risk,
        )  # fmt: skip
    stage.happened(
        edith, [("Asha Patel", "tried", date(2026, 11, 3), "Cole filmed the nurse, and shut the door.")]
    )
    # when her social worker asks for it, the records say who, and what was tried
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{edith}/case/new/")
    page.get_by_text("A risk was noted from: Cole (grandson).").wait_for()
    expect(page.get_by_text("Tried by Riverside Council on 3 November 2026: Cole filmed")).to_be_visible()
    case = stage.ask(
        "Asha Patel", edith, own_words="I can do with the shouting. Not with nobody coming.",
        wanted="That the nurse comes, and Cole stays.", strengths="She and Jean have tea through the hedge.",
        tried="Nurses came alone, and went.", risk_to_self="Her leg.",
        risk_from_others="Cole, when he is afraid.",
        met=("care_and_support_needs", "harm_in_the_family"), not_met=("declines_essential_help",),
    )  # fmt: skip
    address = stage.together(case, with_=[("been_there", "Dee Marsh")])
    signed_out(page)
    # then what happens in the family is a way in, though she declines nothing; and whoever joins is warned
    signed_in_as(page, "Dee Marsh")
    page.goto(address)
    page.get_by_text("The criteria say that this approach fits.").wait_for()
    warned = page.get_by_text("Before you contact them: Ring on Tuesday mornings, when Cole is out.")
    expect(warned).to_be_visible()
    looked_at(page)
    # when she writes down whom that is about, from and to each, it stands on the case and Cole is not told
    expect(
        page.get_by_text("Agencies were asked to come together because of what happens in the family.")
    ).to_be_visible()
    page.get_by_role("button", name="Add somebody from the family or network").click()
    page.get_by_text("They are not told about this.").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("Cole (grandson)").check()
    page.get_by_label("What risk is there from them?").fill("He locks the door when nurses come.")
    page.get_by_label("What risk is there to them?").fill("He is alone with her nights, and does not sleep.")
    page.get_by_label("Who says so, and how").fill("Edith, on Tuesday, on the telephone.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("None of them are told what is written here.").wait_for()
    line = page.get_by_role("row").filter(has_text="Cole, grandson")
    for words in ("Risk noted", "He locks the door", "alone with her nights", "Edith, on Tuesday"):
        expect(line).to_contain_text(words)
    looked_at(page)
    # and once it is otherwise, it ends with a reason and can still be read
    page.get_by_role("link", name="Mark as ended for Cole").click()
    page.get_by_role("heading", name="Mark what was said as ended").wait_for()
    looked_at(page)
    page.get_by_label("Why?").fill("Jean has a key now, and sits with him.")
    page.get_by_role("button", name="Mark as ended").click()
    page.get_by_text("What was said and no longer applies").click()
    expect(page.get_by_text("Jean has a key now, and sits with him.")).to_be_visible()
    looked_at(page)
    # when the peer takes it to another process from there, it comes back to the case and waits
    page.get_by_role("link", name="Send it to another process").click()
    page.get_by_role("heading", name="Other processes").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Assessment of care needs").click()
    page.get_by_label("Who was it sent to?").fill("The duty desk, by telephone on Tuesday")
    page.get_by_label("Why?").fill("Her leg. She asks for it when Cole is out.")
    page.get_by_role("button", name="Save that it was sent").click()
    page.get_by_text("stays open until you say what came of it").wait_for()
    expect(warned).to_be_visible()
    expect(page.get_by_text("Nothing heard yet")).to_be_visible()
    signed_out(page)
    # then he is neither invited nor heard, while the neighbour is
    signed_in_as(page, "Asha Patel")
    page.goto(f"{address}meetings/set/")
    expect(page.get_by_label("Jean (neighbour)")).to_have_count(1)
    expect(page.get_by_text("Cole")).to_have_count(0)
    meeting = stage.meeting(case, "Asha Patel", "riverside_council", "been_there", chair="Gwen Hughes")
    page.goto(f"/meetings/{meeting.id}/minutes/family/")
    expect(page.get_by_text("Cole")).to_have_count(0)
    page.get_by_label("Jean (neighbour)").check()
    page.get_by_label("What do they say?").fill("He is frightened of losing her. Come two together.")
    page.get_by_role("button").last.click()
    page.get_by_text("Come two together.").wait_for()
    # and the calendar of whoever comes says nothing of her
    with page.expect_download() as calendar:
        page.goto(f"/meetings/{meeting.id}/")
        page.get_by_role("link", name="Add it to your calendar").click()
    assert b"Edith" not in calendar.value.path().read_bytes()


@AT_A_DESK
@pytest.mark.proves("MARM-12", "MARM-16", "CARE-03")
def test_a_young_person_leaves_care_and_is_handed_over_when_somebody_has_accepted(
    page: Page, riverside: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(riverside)
    # given somebody who is eighteen in eleven days, and whose social worker leads
    kai = stage.meet(
        "Joan Adeyemi", "Do not hand me over like a parcel. One number that somebody picks up on a Sunday.",
        known_as="Kai", forename="Kai", surname="Ferreira", date_of_birth=date(2008, 11, 20),
        nhs_number="9990000530", pronouns="they/them",
    )  # fmt: skip
    case = stage.ask(
        "Joan Adeyemi", kai, own_words="On my birthday everybody stops. I have seen it with Jade.",
        wanted="The same person after the twentieth.", strengths="They cook, and keep every appointment.",
        tried="Two plans, each for after the other's.",
        risk_to_self="Nobody from the twentieth on.", met=FITS_WHOLE,
    )  # fmt: skip
    address = stage.together(case, with_=(("been_there", "Dee Marsh"), ("riverside_homes", "Tom Reilly")))
    stage.leads(case, "Joan Adeyemi", why="She has known them since they were nine.")
    stage.meeting(case, "Joan Adeyemi", "riverside_council", "been_there", chair="Gwen Hughes")
    # when she asks somebody who cannot, on the birthday she leads as before
    signed_in_as(page, "Joan Adeyemi")
    page.goto(f"{address}lead/")
    page.get_by_label("Who is asked to lead?").select_option(label="Wes Tanner (Riverside Council)")
    page.get_by_label("Why?").fill("The flat is his to find.")
    page.get_by_role("button", name="Ask them").click()
    signed_out(page)
    birthday = it_is(monkeypatch, after(11))
    signed_in_as(page, "Wes Tanner")
    page.get_by_role("link", name="Kai: you have been asked to lead").click()
    page.get_by_text("Joan Adeyemi, Riverside Council has led since").wait_for()
    page.get_by_role("link", name="I cannot lead it").click()
    page.get_by_label("Why").first.fill("I go on leave on Monday. Ask Dee, whom they ring.")
    page.get_by_role("button").last.click()
    page.get_by_text("Joan Adeyemi, Riverside Council has led since").wait_for()
    signed_out(page)
    # and once somebody of another agency accepts, there is one lead still, and it is said who led before
    stage.leads(case, "Dee Marsh", why="They ring her on Sundays.", at=birthday + timedelta(days=3))
    it_is(monkeypatch, birthday + timedelta(days=4))
    signed_in_as(page, "Tom Reilly")
    page.goto(address)
    page.get_by_text("Dee Marsh, Been There (peer support) has led since 23 November 2026").wait_for()
    expect(page.get_by_text("Nobody has led")).to_have_count(0)
    page.get_by_text("Who led before, and who was asked").click()
    expect(page.get_by_text("I go on leave on Monday.")).to_be_visible()
    looked_at(page)
    # then agencies have the same case on their lists, with the same lead, and nothing of it drifts
    for name in ("Dee Marsh", "Wes Tanner"):
        signed_out(page)
        signed_in_as(page, name)
        page.goto("/cases/")
        shared = page.get_by_role("article").filter(has_text="Kai")
        expect(shared).to_contain_text("Dee Marsh leads.")
    find_drift(actor=NIGHT, at=birthday + timedelta(days=20))
    with transaction.atomic():
        tell_database(NIGHT)
        assert not DriftFound.objects.filter(person=kai).exists()

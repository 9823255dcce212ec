"""Ms B of the guidance (source 002, section 5), twice: as it goes without the approach, and with it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    MONDAY,
    WITHOUT_SCRIPT,
    looked_at,
    pictured,
    signed_in_as,
    signed_out,
)
from tests.casework.journeys.deciding import on
from tests.casework.journeys.stories import NIGHT, Stage, after, it_is
from tools.universe import Universe

from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.marm.commands.drifting import find_drift
from alongside.casework.marm.rules.decisions import Option
from alongside.casework.marm.rules.reports import Topic
from alongside.casework.people.commands.involvement import note_involvement

BEEN_THERE = "Been There (peer support)"
SAYS = "It is my house and I know where everything is. Do not touch the piano."
WORRIES = (
    ("Kit Lowe", 0, "Flies at every window. She spoke through the door."),
    ("Ezra Quill", 35, "Paper to the ceiling, one way out, no alarm."),
)
BEGUN = datetime(2025, 2, 4, 15, tzinfo=UTC)


def nora(stage: Stage, begun: datetime) -> UUID:
    """Two agencies worry about her within five weeks, and each writes it down."""
    stage.join("fire", "Valley Fire and Rescue", "fire", "Ezra Quill", "Home safety officer")
    person = stage.meet(
        "Kit Lowe", SAYS, at=begun, known_as="Nora", forename="Nora", surname="Pell",
        date_of_birth=date(1953, 7, 2), nhs_number="9990000506", address="3 Larch Row, Riverside",
    )  # fmt: skip
    stage.knows(person, "fire", asks="Kit Lowe", answers="Ezra Quill", at=begun)
    for name, days, words in WORRIES:
        raise_concern(actor=stage.who(name), at=begun + timedelta(days=days), person_id=person, words=words)
    return person


@AT_A_DESK
@pytest.mark.proves("MARM-65", "MARM-64", "MARM-66")
def test_without_the_approach_the_alarm_is_raised_and_two_unknown_years_are_shown(
    page: Page, riverside: Universe
) -> None:
    stage = Stage(riverside)
    # given worries of police and fire service that add up, which is found the night after the second
    person = nora(stage, BEGUN)
    find_drift(actor=NIGHT, at=BEGUN + timedelta(days=35, hours=11))
    # which the co-ordinator is told although the council does not know her: whom to ring, and not who she is
    signed_in_as(page, "Mair Pugh")
    page.goto("/cases/drift/")
    page.get_by_role("heading", name="About people no co-ordinator can see").wait_for()
    expect(page.get_by_text("Valley Fire and Rescue, Valley Police. Found on 12 March 2025.")).to_be_visible()
    expect(page.get_by_text("Nora")).to_have_count(0)
    signed_out(page)
    # and a social worker who is told of her, and does what one can do alone, as the others do
    stage.knows(
        person, "riverside_council", asks="Kit Lowe", answers="Asha Patel",
        at=datetime(2025, 4, 1, 9, tzinfo=UTC),
    )  # fmt: skip
    for name, day in (("Asha Patel", 2), ("Kit Lowe", 9), ("Ezra Quill", 23)):
        at = datetime(2025, 4, day, 10, tzinfo=UTC)
        note_involvement(
            actor=stage.who(name), at=at, person_id=person, worker_name=name, since=at.date(),
            intensity="light",
        )  # fmt: skip
    find_drift(actor=NIGHT, at=datetime(2025, 4, 24, 1, tzinfo=UTC))
    # and she falls, a year and a half later; somebody at last asks the peers whether they know her
    stage.happened(
        person, [("Asha Patel", "event", date(2026, 11, 6), "She fell on the stairs, and is in hospital.")]
    )
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{person}/ask/")
    page.get_by_label("Which organisation").select_option(label=BEEN_THERE)
    page.get_by_label("Why you are asking").fill("She fell, and says that somebody comes on Thursdays.")
    page.locator("[name=safe][value=yes]").check()
    page.get_by_role("button", name="Ask them").click()
    page.get_by_role("heading", name="Nora").first.wait_for()
    signed_out(page)
    # when they answer: the next page asks since when, and how much
    signed_in_as(page, "Dee Marsh")
    page.get_by_role("link", name="Is this person known to us?").click()
    page.get_by_text("somebody comes on Thursdays").wait_for()
    page.get_by_label("Yes, open to us now").check()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("Now say how long you have been in touch").wait_for()
    looked_at(page)
    page.get_by_label("Named worker").fill("Dee Marsh")
    on(page, "since", "3", "10", "2024")
    page.get_by_label("How often").fill("Thursdays, two hours at the piano")
    page.get_by_label("Regular").check()
    page.get_by_role("button", name="Save").click()
    # then whoever works with her sees what nobody knew
    page.get_by_text("Noted here on 9 November 2026, 2 years later.").wait_for()
    looked_at(page)
    signed_out(page)
    # and the co-ordinator sees it beside an alarm that has stood since a spring and another year
    signed_in_as(page, "Mair Pugh")
    page.goto("/cases/drift/")
    hers = page.get_by_role("article").filter(has_text="Nora")
    expect(hers).to_have_count(2)
    expect(hers.nth(0)).to_contain_text("Concerns are adding up, but nobody has brought agencies together")
    expect(hers.nth(0)).to_contain_text("Valley Fire and Rescue, Valley Police. Found on 12 March 2025.")
    expect(hers.nth(1)).to_contain_text("Found on 24 April 2025.")
    expect(hers.nth(1)).to_contain_text(
        f"{BEEN_THERE} has been in touch since 3 October 2024. Noted here on 9 November 2026, 2 years later. "
        "How much they do: regular."
    )
    looked_at(page)
    pictured(page, "drift")


@WITHOUT_SCRIPT
@pytest.mark.proves("MARM-14", "MARM-23", "MARM-54", "MARM-63", "MARM-64", "MARM-67")
def test_with_the_approach_they_meet_at_her_piano_and_it_ends_with_what_remains(
    page: Page, riverside: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(riverside)
    # given the same two worries, after which the police officer asks agencies to come together
    person = nora(stage, after(-35))
    case = stage.ask(
        "Kit Lowe", person, own_words="I will not have men with sacks in here. The stairs I could do with.",
        wanted="To sleep in my own bed, and to play.", tried="Leaflets, and a letter from each of us.",
        strengths="She plays every day at four, and lets in whoever listens.",
        risk_to_self="A fire, or a fall that nobody notices, this winter.",
        met=(
            "serious_harm_no_plan", "declines_essential_help", "present_help_not_enough", "daily_life",
            "partner_wants_to_talk",
        ),
    )  # fmt: skip
    # when the co-ordinator brings in who could help; the peers are asked because she speaks of Thursdays
    address = stage.together(case, with_=(("fire", "Ezra Quill"), ("been_there", "Dee Marsh")))
    for name, since, often, much in (
        ("Dee Marsh", date(2024, 10, 3), "Thursdays", "regular"),
        ("Ezra Quill", date(2026, 11, 9), "", "light"),
    ):
        note_involvement(
            actor=stage.who(name), at=MONDAY, person_id=person, worker_name=name, since=since,
            how_often=often, intensity=much,
        )  # fmt: skip
    # then whoever is in touch the longest is proposed to lead, though they are the smallest of all
    signed_in_as(page, "Mair Pugh")
    page.goto(address)
    page.get_by_text("The criteria say that this approach fits.").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Ask somebody to lead").click()
    page.get_by_role("heading", name="Who could").wait_for()
    expect(page.get_by_role("main").get_by_role("listitem").first).to_contain_text("Dee Marsh")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_contain_text(
        "has been in touch the longest"
    )
    page.get_by_label("Who is asked to lead?").select_option(label=f"Dee Marsh ({BEEN_THERE})")
    page.get_by_label("Why?").fill("Nora opens to her.")
    page.get_by_role("button", name="Ask them").click()
    signed_out(page)
    signed_in_as(page, "Dee Marsh")
    page.get_by_role("link", name="Nora: you have been asked to lead").click()
    page.get_by_role("button", name="I will lead this case").click()
    page.get_by_text(f"Dee Marsh, {BEEN_THERE} has led since").wait_for()
    # and before they meet, the grid shows what the peers alone knew
    meeting = stage.meeting(
        case, "Dee Marsh", "fire", "been_there", "riverside_council", "valley_police", chair="Gwen Hughes",
        takes_part="In her own chair by the piano. She begins, and says when it ends.",
    )  # fmt: skip
    stage.reported(meeting, "Kit Lowe", "Three visits, one talk through the door.", Topic.HOME, Topic.TRIED)
    stage.reported(meeting, "Ezra Quill", "One way out, no alarm, paper on the stove.", Topic.HOME)
    stage.reported(meeting, "Asha Patel", "We offered care in 2025; she declined.", Topic.TRIED)
    stage.reported(
        meeting, "Dee Marsh", "Each Thursday since October 2024: we play, and sort one pile.",
        Topic.MATTERS, Topic.HOME, Topic.PEOPLE, strengths="She chooses what goes, one pile a week.",
    )  # fmt: skip
    page.goto(f"/meetings/{meeting.id}/reports/")
    page.get_by_text(f"{BEEN_THERE} has been in touch since 3 October 2024.").wait_for()
    for topic in ("What matters to them", "Family, friends and neighbours"):
        row = page.get_by_role("row").filter(has_text=topic)
        expect(row).to_contain_text(f"Only {BEEN_THERE} knows about this.")
    expect(page.get_by_role("row").filter(has_text="What was tried")).not_to_contain_text("Only")
    looked_at(page)
    # when they meet, she is there, and the minutes close
    it_is(monkeypatch, meeting.begins_at + timedelta(hours=1))
    signed_in_as(page, "Dee Marsh")
    page.goto(f"/meetings/{meeting.id}/minutes/write/")
    page.get_by_label("They were there").check()
    page.get_by_label("What they think and want").fill("Dee carries, I choose. The bedroom first.")
    page.get_by_label("Their story, what is strong and what matters").fill("She taught piano for 40 years.")
    page.get_by_label("What each agency knows").fill("Fire: one way out. Peers: one pile a week works.")
    for agency in page.get_by_role("group", name="did they come?").all():
        agency.get_by_label("Was there").check()
    page.get_by_role("button", name="Close the minutes").click()
    page.get_by_text("The minutes have been closed").wait_for()
    # and what they decide with her is done, and looked at again after a month
    spoke = {
        "valley_police": "Kit Lowe", "fire": "Ezra Quill", "been_there": "Dee Marsh",
        "riverside_council": "Gwen Hughes",
    }  # fmt: skip
    pile = Option("One pile a week, the bedroom first", "She chooses what goes", "It takes until spring",
                  "All of it stays", least_restrictive=True, chosen=True)  # fmt: skip
    clearance = Option("A firm clears the house", "It is safe in two days", "She finds nothing any more",
                       "The stove stays covered")  # fmt: skip
    decided = {
        "own_view": "I choose, or nobody comes in.", "level": "Paper, yes. Not on the stove.",
        "support": "Dee laid both out on the piano, and came again on Thursday.",
        "speaks_for": "It has worked since 2024.", "speaks_against": "It is slow.", "spoke": spoke,
        "reasons": "What is cleared against her is full again by summer.", "options": (pile, clearance),
        "decided": "One pile a week, and an alarm today.",
    }  # fmt: skip
    first = stage.decided(case, "Dee Marsh", question="How is the way out made?", at=after(3), **decided)
    stage.done(
        case, "Ezra Quill", "Fit two alarms and clear the stove with her, on a Thursday.", wanted="To play.",
        risk="A fire that she does not hear", did="Both alarms hang; she tried them with a broom.",
    )  # fmt: skip
    it_is(monkeypatch, after(34))
    signed_in_as(page, "Dee Marsh")
    page.get_by_role("link", name="Nora: look at a decision again").click()
    looked_at(page)
    stage.decided(
        case, "Dee Marsh", question="Does it go on as it does?", at=after(34), follows=first,
        **decided | {"decided": "Yes: the bedroom is free, and she sleeps there."},
    )  # fmt: skip
    page.goto(f"{address}decisions/")
    page.get_by_role("heading", name="Replaced by a newer decision").wait_for()
    page.goto(f"{address}actions/")
    page.get_by_text("Fit two alarms and clear the stove with her").wait_for()
    # then it ends in her own view, and says what remains and who would notice
    page.goto(f"{address}end/safer/")
    page.get_by_role("group", name="Did what the person wanted").get_by_label("Yes, all of it").check()
    page.get_by_role("group", name="What became of the risk").get_by_label("It is less").check()
    for question, words in (
        ("The person's own view", "My bed, my piano."),
        ("What each agency goes on doing", "Dee on Thursdays; Ezra tests the alarms in spring."),
        ("What do they say about it?", "I sleep in my bed. Nobody took my scores."),
        ("Who knows about what remains?", "Dee Marsh, Been There; Ezra Quill, fire service"),
        ("What would reopen the case?", "Two Thursdays on which she does not open"),
        ("Who would notice, by name and agency?", "Dee Marsh, Been There"),
    ):
        page.get_by_label(question).fill(words)
    page.get_by_role("button", name="End the case").click()
    page.get_by_text("The case has ended.").wait_for()
    for words in ("Nobody took my scores.", "Two Thursdays on which she does not open"):
        expect(page.get_by_text(words)).to_be_visible()
    looked_at(page)

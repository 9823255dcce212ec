"""Ms B of the guidance (source 002, section 5), twice: as it goes without the approach, and with it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    looked_at,
    signed_in_as,
    signed_out,
)
from tests.casework.journeys.deciding import on
from tests.casework.journeys.stories import NIGHT, Stage
from tools.universe import Universe

from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.marm.commands.drifting import find_drift
from alongside.casework.people.commands.involvement import note_involvement

BEEN_THERE = "Been There (peer support)"
SAYS = "It is my house and I know where everything is. Do not touch the piano."
WORRIES = (
    ("Kit Lowe", datetime(2025, 2, 4, 15, tzinfo=UTC), "Flies at every window. She spoke through the door."),
    ("Ezra Quill", datetime(2025, 3, 11, 11, tzinfo=UTC), "Paper to the ceiling, one way out, no alarm."),
)


def nora(stage: Stage) -> UUID:
    """Two agencies worry about her within five weeks, and each writes it down."""
    stage.join("fire", "Valley Fire and Rescue", "fire", "Ezra Quill", "Home safety officer")
    begun = WORRIES[0][1]
    person = stage.meet(
        "Kit Lowe", SAYS, at=begun, known_as="Nora", forename="Nora", surname="Pell",
        date_of_birth=date(1953, 7, 2), nhs_number="9990000506", address="3 Larch Row, Riverside",
    )  # fmt: skip
    stage.knows(person, "fire", asks="Kit Lowe", answers="Ezra Quill", at=begun)
    for name, at, words in WORRIES:
        raise_concern(actor=stage.who(name), at=at, person_id=person, words=words)
    return person


@AT_A_DESK
@pytest.mark.proves("MARM-65", "MARM-64", "MARM-66")
def test_without_the_approach_the_alarm_is_raised_and_two_unknown_years_are_shown(
    page: Page, riverside: Universe
) -> None:
    stage = Stage(riverside)
    # given worries of police and fire service that add up, which is found the night after the second
    person = nora(stage)
    find_drift(actor=NIGHT, at=WORRIES[1][1] + timedelta(hours=14))
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
    page.get_by_label("Why you ask").fill("She fell, and says that somebody comes on Thursdays.")
    page.get_by_role("button", name="Ask them").click()
    page.get_by_role("heading", name="Nora").first.wait_for()
    signed_out(page)
    # when they answer: the next page asks since when, and how much
    signed_in_as(page, "Dee Marsh")
    page.get_by_role("link", name="Is this person known to us?").click()
    page.get_by_text("somebody comes on Thursdays").wait_for()
    page.get_by_label("Yes, open to us now").check()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("Say now since when you are in touch").wait_for()
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
    expect(hers.nth(0)).to_contain_text("Concerns add up, and nobody brought agencies together")
    expect(hers.nth(0)).to_contain_text("Valley Fire and Rescue, Valley Police. Found on 12 March 2025.")
    expect(hers.nth(1)).to_contain_text("Found on 24 April 2025.")
    expect(hers.nth(1)).to_contain_text(
        f"{BEEN_THERE} has been in touch since 3 October 2024. Noted here on 9 November 2026, 2 years later. "
        "How much they do: regular."
    )
    looked_at(page)

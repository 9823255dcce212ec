"""Agencies decide and one differs; an action is given, accepted, late, told of, and declined for another."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.casework.journeys.conftest import MONDAY, looked_at, signed_in_as, signed_out
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.background.schedule import SCHEDULE
from alongside.casework.marm.models import Case
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy

ROOM = "Hold a room in the house by the park, and show it to her first."
OPTIONS = (
    ("The room by the park", "A door that locks", "Nobody she knows", "The sofa ends one evening"),
    ("She stays on the sofa", "She chose it", "It may end late at night", "She loses who she trusts"),
)


def take_in_homes(universe: Universe) -> None:
    """Let Riverside Homes take part."""
    homes = universe.organisations["riverside_homes"].id
    with transaction.atomic():
        tell_database(system_actor("tests"))
        case = Case.objects.get(id=universe.cases["case"])
        case.take_in(organisation_id=homes, by="Joan Adeyemi", at=MONDAY)
        Reach.give(
            person_id=case.person_id, organisation_id=homes, why=ReachWhy.CASE, at=MONDAY, about=case.id,
            purpose="direct_care",
        )  # fmt: skip


def day(page: Page, question: str, days: int) -> None:
    """Fill the three boxes of a day so many days after that Monday."""
    boxes, on = page.get_by_role("group", name=question), (MONDAY + timedelta(days=days)).date()
    for part, number in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        boxes.get_by_label(part).fill(str(number))


@pytest.mark.proves("MARM-41", "MARM-42", "MARM-49", "MARM-50", "MARM-53", "MARM-54", "SAFE-19")
def test_agencies_decide_one_differs_and_what_is_late_is_told_of_until_it_ends(
    page: Page, riverside: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in_homes(riverside)
    case = f"/cases/{riverside.cases['case']}/"
    # given a case that two agencies take part in, and a decision to make
    signed_in_as(page, "Joan Adeyemi")
    page.goto(case)
    looked_at(page)
    page.get_by_role("link", name="Decisions").click()
    looked_at(page)
    page.get_by_role("button", name="Record a decision").click()
    looked_at(page)
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    for label, words in (
        ("What is to be decided?", "Does she move to the room by the park?"),
        ("What does the person say?", "Show me the door first."),
        ("How much risk are they comfortable with?", "Alone, yes. With people who know my brother, no."),
        ("What was done to help them decide?", "She saw it with Joan, by day and in the evening."),
        ("What was decided?", "She moves when she has seen it twice."),
        ("What are the arguments for it?", "It locks."),
        ("What are the arguments against it?", "Nobody is there at night."),
        ("Why was it decided this way?", "She asked for it, and understood both ways."),
    ):
        page.get_by_label(label).fill(words)
    for number, (what, good, bad, without) in enumerate(OPTIONS, 1):
        page.get_by_label(f"Option {number}: what is it?").fill(what)
        page.get_by_label(f"Option {number}: what is good").fill(good)
        page.get_by_label(f"Option {number}: what is not").fill(bad)
        page.get_by_label(f"Option {number}: what may happen").fill(without)
    page.get_by_role("group", name="Which option was chosen?").get_by_label("Option 1").check()
    page.get_by_role("group", name="Which option restricts").get_by_label("Option 2").check()
    page.get_by_role("group", name="What does Riverside Council say?").get_by_label(
        "Agrees", exact=True
    ).check()
    page.get_by_label("Who spoke for Riverside Council?").fill("Joan Adeyemi")
    page.get_by_role("group", name="What does Riverside Homes say?").get_by_label("Disagrees").check()
    page.get_by_label("Who spoke for Riverside Homes?").fill("Tom Reilly")
    page.get_by_label("Us: the agencies").check()
    page.get_by_label("Mental Capacity Act 2005, section 1").check()
    day(page, "When will it be looked at again?", 14)
    page.get_by_role("button", name="Save the decision").click()
    # then what protects us alone is asked about again, and why one differs
    page.get_by_role("link", name="It protects only the agencies.").wait_for()
    page.get_by_role("link", name="Say why an agency disagrees").wait_for()
    page.get_by_label("The person", exact=True).check()
    page.get_by_label("Why does Riverside Homes say that?").fill(
        "The lift is out, and there is no alarm yet."
    )
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_text("The decision has been saved").wait_for()
    expect(page.get_by_text("The lift is out, and there is no alarm yet.")).to_be_visible()
    looked_at(page)
    # and she gives an action to somebody of another agency: watching is none
    page.goto(f"{case}actions/")
    looked_at(page)
    page.get_by_role("button", name="Add an action").click()
    looked_at(page)
    page.get_by_label("Which risk does it reduce?").fill("She sleeps where she must.")
    page.get_by_label("A service changes something").check()
    page.get_by_label("What will be done?").fill("Keep an eye on her")
    page.get_by_label("Who does it?").select_option(label="Tom Reilly (Riverside Homes)")
    day(page, "When must it be done by?", 4)
    day(page, "When will you check whether it is helping?", 30)
    page.get_by_role("group", name="Does the person agree?").get_by_label("Yes").check()
    page.get_by_role("button", name="Add the action").click()
    page.get_by_role("link", name="Monitoring alone changes nothing").wait_for()
    looked_at(page)
    page.get_by_label("What will be done?").fill(ROOM)
    page.get_by_role("button", name="Add the action").click()
    page.get_by_text("The action has been added").wait_for()
    looked_at(page)
    signed_out(page)
    # when he accepts it, and it becomes late
    signed_in_as(page, "Tom Reilly")
    page.get_by_role("link", name="Amina: an action is waiting for you to accept it").click()
    looked_at(page)
    page.get_by_role("button", name="Accept this action").click()
    page.get_by_text("The action is yours now").wait_for()
    signed_out(page)
    later = MONDAY + timedelta(days=28)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "somebody was told" in SCHEDULE["late-actions"].job(at=later).words
    # then he, and whoever leads, see that it is
    signed_in_as(page, "Joan Adeyemi")
    page.get_by_role("link", name="Amina: an action is late in the case you lead").first.wait_for()
    page.get_by_role("link", name="Amina: look at a decision again").first.wait_for()
    signed_out(page)
    signed_in_as(page, "Tom Reilly")
    page.get_by_role("link", name="All my actions").click()
    looked_at(page)
    page.get_by_role("link", name=ROOM).click()
    page.get_by_text("The owner's manager was told that it is late").wait_for()
    looked_at(page)
    # and it ends with what was offered instead
    page.get_by_role("button", name="Update this action").click()
    looked_at(page)
    page.get_by_label("The person declined it, and was").check()
    page.get_by_label("What was done, or why").fill("She saw the stairs and said no.")
    day(page, "When will you look at it again?", 40)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Say what was offered instead").wait_for()
    page.get_by_label("If the person declined it").fill("The ground floor at the mill, from Friday.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Offered instead: The ground floor at the mill, from Friday.").wait_for()
    looked_at(page)
    page.goto(f"{case}roles/")
    looked_at(page)
    page.get_by_role("button", name="Say what we bring").click()
    looked_at(page)
    page.get_by_label("What does your organisation bring").fill("A flat, and me on Tuesdays.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A flat, and me on Tuesdays.")).to_be_visible()

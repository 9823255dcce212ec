"""An objection is taken back, a hold placed for anybody; who corrects or joins is told who is objected to."""

from datetime import datetime

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import AT_A_DESK, ON_A_PHONE, looked_at, signed_in_as, signed_out
from tools.universe import Universe, actor_for

from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.wishes import answer_wish, note_wish
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic


@ON_A_PHONE
@pytest.mark.proves("FIND-18")
def test_an_objection_that_was_upheld_is_taken_back_with_the_worker(
    page: Page, riverside: Universe, on_monday: datetime
) -> None:
    bee = riverside.people["Bee"]
    asha, iris = (actor_for(riverside, name, on=on_monday.date()) for name in ("Asha Patel", "Iris Okafor"))
    made = note_wish(
        actor=asha, at=on_monday, person_id=bee, wish="not_found", words="Leave me off your lists.",
        said_by="person", received_on=on_monday.date(), how="talking",
    )  # fmt: skip
    answer_wish(
        actor=iris, at=on_monday, dispute_id=made.id, outcome="upheld", why="It is hers to decide.",
        told_on=on_monday.date(), told_how="By letter.",
    )  # fmt: skip
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{bee}/rights/disputes/")
    page.get_by_role("link", name="They withdraw it").click()
    page.get_by_role("heading", name="They withdraw their objection").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("alert").get_by_text("Enter what they say").wait_for()
    looked_at(page)
    page.get_by_label("What do they say?").fill("You may look for me after all.")
    page.get_by_label("They said it to somebody at work").check()
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("It is withdrawn.").wait_for()
    page.goto(f"/people/{bee}/your-information/")
    page.get_by_text("You took it back on 9 November 2026.").wait_for()
    looked_at(page)
    signed_out(page)
    signed_in_as(page, "Iris Okafor")
    page.goto(f"/rights/disputes/{made.id}/")
    page.get_by_text("You may look for me after all.").wait_for()
    looked_at(page)


@AT_A_DESK
def test_a_hold_is_placed_for_somebody_of_whom_nothing_is_on_the_list(
    page: Page, riverside: Universe
) -> None:
    signed_in_as(page, "Iris Okafor")
    page.goto("/rights/letting-go/")
    page.get_by_role("link", name="Place a legal hold on everything about a person").click()
    looked_at(page)
    page.get_by_label("Surname of the person it is about").fill("Kowalczyk")
    born = page.get_by_role("group", name="Date of birth")
    for part, value in (("Day", "30"), ("Month", "11"), ("Year", "1948")):
        born.get_by_label(part, exact=True).fill(value)
    page.get_by_label("An inquest").check()
    page.get_by_label("What is it for?").fill("Coroner, reference RIV-C-120.")
    page.get_by_role("button", name="Place the hold").click()
    page.get_by_text("Coroner, reference RIV-C-120.").first.wait_for()
    page.get_by_role("link", name="Lift this hold").first.wait_for()
    looked_at(page)


@AT_A_DESK
@pytest.mark.proves("MARM-29", "MARM-46")
def test_who_corrects_and_who_joins_reads_to_whom_the_person_objects(
    page: Page, riverside: Universe, on_monday: datetime
) -> None:
    bee, asha = riverside.people["Bee"], actor_for(riverside, "Asha Patel", on=on_monday.date())
    entry = add_to_chronology(
        actor=asha, at=on_monday, person_id=bee, happened_on=on_monday.date(), kind="event",
        words="The stairs were mended.", readers="everybody",
    )  # fmt: skip
    known = {"known_as": "Beatrice", "surname": "Murchu"}
    admit_person(actor=asha, at=on_monday, why=ReachWhy.RAISED_CONCERN, known=known)
    refuses = Statement(
        answer=Answer.REFUSES, topics=(Topic.KNOWN,), exactly="That I am here", capacity="assumed",
        recipients=frozenset({riverside.organisations["riverside_homes"].id}), method="spoken",
        said_on=on_monday.date(),
    )  # fmt: skip
    record_choices(actor=asha, at=on_monday, person_id=bee, said=refuses)
    signed_in_as(page, "Asha Patel")
    page.goto(f"/people/{bee}/chronology/{entry.id}/correct/")
    page.get_by_text("not to tell this organisation about them: Riverside Homes.").wait_for()
    looked_at(page)
    signed_out(page)
    signed_in_as(page, "Gwen Hughes")
    page.goto(f"/people/{bee}/merge/")
    page.get_by_role("searchbox").or_(page.locator("[name=words]")).first.fill("Beatrice Murchu")
    page.get_by_role("button", name="Find the other record").click()
    page.get_by_text("objects to sharing with: Riverside Homes. While that stands").wait_for()
    looked_at(page)
    page.get_by_label("Beatrice, ").first.check()
    page.get_by_label("Why you are sure they are the same person").fill("She told us so.")
    page.get_by_role("button", name="Join the two records").click()
    page.get_by_role("alert").get_by_text("would see both if you joined them").wait_for()
    assert page.get_by_label("Why you are sure they are the same person").input_value() == "She told us so."
    looked_at(page)

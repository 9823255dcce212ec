"""A record opened in an emergency, of which it is not safe that the person knows."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_betrayed import ADVISERS, all_of, unsafe
from tests.casework.rights.test_statement import text_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.models import EmergencyAccess, Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.presenters.statement import before_giving
from alongside.casework.rights.queries.bundle import Bundle
from alongside.casework.rights.queries.statement import statement_of

WHY = "A caller says he hits her and locks the door."
RANG = f"{ADVISERS} rang about the door."


def opened(riverside: Universe, hari: Actor, at: datetime) -> EmergencyAccess:
    everything()
    return EmergencyAccess.begin(
        person=Person.objects.get(id=riverside.people["Bee"]), user_id=hari.account, user_name=hari.name,
        organisation_id=hari.member_of, reason=WHY, purpose="early_help", at=at,
    )  # fmt: skip


def reviewed(access: EmergencyAccess, asha: Actor, at: datetime, person_told: str) -> None:
    access.review(
        by=asha.account, at=at, verdict="justified", note="He would kill her.", person_told=person_told
    )


def tables(bundle: Bundle) -> set[str]:
    """Of the lines that are marked here and would not be without the emergency."""
    said = [(each, str(each.line.parts)) for each in unsafe(bundle) if each.waits]
    return {each.line.table for each, words in said if WHY in words or RANG in words}


@pytest.mark.proves("MARM-26", "MARM-34")
@pytest.mark.parametrize(
    ("person_told", "marked"),
    [
        ("not_safe", {"people.EmergencyAccess", "people.ChronologyEntry"}),
        (None, {"people.EmergencyAccess"}),
        ("told", set()),
        ("will_be", set()),
    ],
)
def test_an_emergency_that_it_is_not_safe_to_know_of_is_looked_at_and_so_is_one_not_reviewed_yet(
    riverside: Universe, asha: Actor, hari: Actor, iris: Actor, asked: UUID, bee: UUID, at: datetime,
    person_told: str | None, marked: set[str],
) -> None:  # fmt: skip
    access = opened(riverside, hari, at)
    if person_told is not None:
        reviewed(access, asha, at, person_told)
    add_to_chronology(
        actor=asha,
        at=at + timedelta(days=1),
        person_id=bee,
        happened_on=at.date(),
        kind="contact",
        words=RANG,
    )
    assert tables(all_of(iris, asked, at)) == marked


@pytest.mark.proves("MARM-27", "MARM-34")
@pytest.mark.parametrize("person_told", ["not_safe", "told"])
def test_the_statement_does_not_say_who_sees_a_person_since_an_emergency_that_is_not_safe_to_know(
    riverside: Universe, asha: Actor, hari: Actor, bee: UUID, at: datetime, person_told: str
) -> None:
    reviewed(opened(riverside, hari, at), asha, at, person_told)
    Reach.give(person_id=bee, organisation_id=hari.member_of, why=ReachWhy.INVOLVED, at=at)
    safe = person_told == "told"
    assert (f"{ADVISERS} can see your record." in text_of(asha, bee)) is safe
    held = before_giving(statement_of(actor=hari, person_id=bee)).held
    assert bool(held) is not safe

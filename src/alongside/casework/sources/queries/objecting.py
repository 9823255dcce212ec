"""Who objects to being found. The app that answers objections says how to look; runs and releases ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from alongside.casework.kernel.asked import Asked
from alongside.casework.people.models import Person, together

OBJECTING: Asked[Callable[[], Mapping[UUID, date]]] = Asked()
"""Each returns the records of people who object, with any joined to them, and the day they objected."""

OBJECTED_BEFORE: Asked[Callable[[Mapping[str, Mapping[str, Any]]], set[str]]] = Asked()
"""Each is given people of a run, by pseudonym, and returns those who objected and are no longer held."""


@dataclass(frozen=True)
class Objector:
    """Somebody the next run leaves out: who they are, so that the run recognises them, and nothing else."""

    record: str
    since: str
    nhs_number: str
    forename: str
    surname: str
    date_of_birth: str
    uprn: str
    address: str
    postcode: str
    telephone: str
    email: str


def who_objects() -> dict[UUID, date]:
    """Return the records of people who object, and since when. Sees all rows; part of a command."""
    return {record: since for read in OBJECTING for record, since in read().items()}


def who_objected_before(people: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return which of these people objected and were then erased, by pseudonym.

    Sees all rows; part of a command.
    """
    return {pseudonym for read in OBJECTED_BEFORE for pseudonym in read(people)}


def objectors() -> list[Objector]:
    """Return who the next run leaves out, in a fixed order. Sees all rows; part of a command.

    If any of their records protects their address, it is left out, and so is how to reach them: a folder of
    extracts is not the place for it, and a phone number leads to where somebody is hiding.
    """
    since = who_objects()
    people = together(Person.objects.filter(id__in=since).whole())
    hidden = {each.id for person in people if person.protected for each in person.records}
    return [
        Objector(
            record=str(each.id),
            since=since[each.id].isoformat(),
            nhs_number=each.nhs_number,
            forename=each.forename,
            surname=each.surname,
            date_of_birth=each.date_of_birth.isoformat() if each.date_of_birth else "",
            uprn="" if each.id in hidden else each.uprn,
            address="" if each.id in hidden else each.address,
            postcode="" if each.id in hidden else each.postcode,
            telephone="" if each.id in hidden else each.telephone,
            email="" if each.id in hidden else each.email,
        )
        for each in Person.objects.filter(id__in=since).order_by("id")
    ]

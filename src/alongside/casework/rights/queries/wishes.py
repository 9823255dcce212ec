"""Whom lists leave out because they objected, and what is known here that supports a refusal."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.people.models import Involvement, Person
from alongside.casework.rights.models import Dispute, LegalHold
from alongside.casework.rights.rules.disputes import Outcome
from alongside.casework.rights.rules.wishes import OBJECTIONS


@dataclass(frozen=True)
class Speaks:
    """What is known here that may support a ground: who is in touch, and what holds the record.

    Attributes:
        in_touch: names of organisations that are in touch with the person now.
        holds: reasons, of ``HoldReason``, for which nothing about them may be deleted.
    """

    in_touch: tuple[str, ...]
    holds: tuple[str, ...]


def speaks_for_a_ground(records: Collection[UUID], holds: Iterable[LegalHold]) -> Speaks:
    """Return what is known here that may support a ground. Sees all rows.

    Args:
        records: the ids of all records of the person.
        holds: as ``open_holds`` returns them.
    """
    return Speaks(
        in_touch=tuple(_in_touch(records=list(records))),
        holds=tuple(sorted({each.reason for each in holds})),
    )


@composed_once
def _in_touch(*, records: list[UUID]) -> QuerySet[Involvement, str]:
    now = Involvement.objects.filter(among("person", records), until=None)
    return now.order_by("organisation__name").values_list("organisation__name", flat=True).distinct()


def open_holds(records: Collection[UUID]) -> list[LegalHold]:
    """Return the holds on everything about a person, on any of their records, oldest first. Sees all rows."""
    return _open_holds(records=list(records))


@composed_once
def _open_holds(*, records: list[UUID]) -> QuerySet[LegalHold]:
    return LegalHold.objects.filter(among("person", records), lifted_at=None).order_by("placed_at", "id")


def objected() -> dict[UUID, date]:
    """Return each record of people who object, with the day they said so. Sees all rows.

    It includes those whose objection is still open (UK GDPR Article 18(1)(d)) and records joined with theirs,
    and not those who have withdrawn it.
    """
    found: dict[UUID, date] = {}
    standing = Dispute.objects.filter(
        says__in=[*OBJECTIONS], outcome__in=["", Outcome.UPHELD], taken_back_on=None
    )
    for person_id, since in standing.order_by("-received_on").values_list("person_id", "received_on"):
        for record_id in Person.objects.records_of(person_id) | {person_id}:
            found[record_id] = since
    return found

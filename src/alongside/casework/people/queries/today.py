"""What others did with records that a member's organisation sees, for the page of the day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import composed_once
from alongside.casework.operations import query
from alongside.casework.people import permissions
from alongside.casework.people.models import EmergencyAccess
from alongside.casework.people.queries.separated import TOLD_FOR, undone_for

_OPENED, _SEPARATED = "opened", "separated"


@dataclass(frozen=True)
class Lately:
    """What others did in the last two weeks; it names no person.

    Attributes:
        opened: who opened a record in an emergency, for which organisation, and when; the newest first.
        separated: when records were last separated, if that changed something for the organisation.
    """

    opened: list[tuple[str, str, datetime]]
    separated: datetime | None


@query()
def lately(*, actor: Actor, at: datetime) -> Lately:
    """Return what others did lately with records that the actor's organisation sees, in one query."""
    require(permissions.may_read_people(actor))
    found: dict[str, list[Any]] = {_OPENED: [], _SEPARATED: []}
    for kind, *row in _first(since=at - TOLD_FOR, organisation=actor.member_of):
        found[kind].append(row)
    return Lately(
        opened=[
            (who, organisation, when)
            for person_id, when, who, organisation in found[_OPENED]
            if person_id not in actor.emergency_people
        ],
        separated=next((when for _person_id, when, *_ in found[_SEPARATED]), None),
    )


@composed_once
def _first(*, since: datetime, organisation: UUID) -> QuerySet[Any, Any]:
    nobody = Value("", CharField())
    opened = EmergencyAccess.objects.filter(opened_at__gt=since).exclude(organisation_id=organisation)
    return (
        _alike(opened, _OPENED, "person_id", "opened_at", F("user_name"), F("organisation__name"))
        .union(
            _alike(undone_for(organisation, since=since), _SEPARATED, "kept_id", "undone_at", nobody, nobody),
            all=True,
        )
        .order_by("-when")
    )


def _alike(
    rows: QuerySet[Any], kind: str, person: str, when: str, who: Any, organisation: Any
) -> QuerySet[Any, Any]:
    alike: QuerySet[Any] = rows.order_by().annotate(
        of_kind=Value(kind), record=F(person), when=F(when), who=who, whose=organisation
    )
    return alike.values_list("of_kind", "record", "when", "who", "whose")

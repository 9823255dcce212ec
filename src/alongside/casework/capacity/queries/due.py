"""What is waiting for a practitioner's organisation: advocates not yet instructed, and checks due."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Lower, Trim, TruncDate
from django.db.models.lookups import Exact

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.capacity import permissions
from alongside.casework.capacity.models import Advocate, CapacityRecord
from alongside.casework.capacity.rules.advocacy import Advocacy
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.operations import query
from alongside.casework.people.models import Person

SOON = timedelta(days=14)
"""How long before its day a check is shown."""
MOST_SHOWN = 25
"""How many of each kind are shown: no number of one kind may keep another from being seen."""


class Due(StrEnum):
    """What is waiting, the more pressing first."""

    ADVOCATE = "advocate"
    """A right to an advocate, and none yet."""
    CHECK = "check"
    """Capacity for a decision must be looked at again."""


@dataclass(frozen=True)
class Waiting:
    """One thing that is waiting.

    Attributes:
        due: what it is.
        id: of the right to an advocate, or of the capacity record.
        person_id: whose.
        known_as: what they like to be called.
        decision: the decision to look at again.
        day: since when an advocate has been needed, or by when somebody must look again.
        of_all: how many of its kind are waiting, including those that are not shown.
    """

    due: Due
    id: UUID
    person_id: UUID
    known_as: str
    decision: str
    day: date
    of_all: int = 1


@query(shows_people=True)
def waiting(*, actor: Actor, day: date) -> list[Waiting]:
    """Return what is waiting, of what the actor's organisation asked and found, in one database query.

    People who have a right to an advocate but do not have one yet; and decisions to be looked at again, due
    soon or overdue. The first ``MOST_SHOWN`` of each, oldest first. The page of the day (``day_of``) records
    that somebody looked.
    """
    require(permissions.may_record_capacity(actor))
    found = _first(MOST_SHOWN, organisation=actor.member_of, by=day + SOON)
    return [Waiting(Due(due), *others) for due, *others in found]


@composed_once
def _first(most: int, /, *, organisation: UUID, by: date) -> QuerySet[Any, Any]:
    ours = Q(~Person.objects.has_died("person_id"), organisation_id=organisation)
    advocates = Advocate.objects.filter(ours, state=Advocacy.NEEDED).annotate(
        due=Value(Due.ADVOCATE.value),
        known_as=F("person__known_as"),
        about=Value(""),
        day=TruncDate("asked_at"),
    )
    checks = CapacityRecord.objects.filter(ours, next_check__lte=by).alias(words=_words("decision"))
    checks = checks.filter(_is_last()).annotate(
        due=Value(Due.CHECK.value),
        known_as=F("person__known_as"),
        about=F("decision"),
        day=F("next_check"),
    )
    return _longest(advocates, most).union(_longest(checks, most), all=True).order_by("due", "day", "id")


def _longest(found: QuerySet[Any], most: int) -> QuerySet[Any, Any]:
    """Those of one kind that have waited longest, each with how many of that kind there are."""
    columns = ("due", "id", "person_id", "known_as", "about", "day", "of_all")
    longest: QuerySet[Any] = found.annotate(of_all=Window(Count("*"))).order_by("day", "id")
    return longest.values_list(*columns)[:most]


def _is_last() -> Case:
    """Return whether a row was assessed last of its decision, of all the person's records.

    Most that were not are followed by one that was assessed later, which is quickly seen, so that is asked
    first. Then which is the last, and not whether there is a later one: for that PostgreSQL would read
    everybody's records.
    """
    followed = CapacityRecord.objects.filter(follows=OuterRef("id"), assessed_on__gte=OuterRef("assessed_on"))
    last = (
        CapacityRecord.objects.alias(words=_words("decision"))
        .filter(
            among("person", Person.objects.all_of_whom("person_id")),
            assessed_on__gte=OuterRef("assessed_on"),
            words=OuterRef("words"),
        )
        .order_by("-assessed_on", "-recorded_at")
    )
    return Case(
        When(Exists(followed), then=Value(value=False)),
        default=Exact(F("id"), Subquery(last.values("id")[:1])),
        output_field=BooleanField(),
    )


def _words(path: str) -> Trim:
    """Return a decision as ``same_decision`` compares it: no capitals and no punctuation."""
    words = (Lower(path), Value(r"\W+"), Value(" "), Value("g"))
    return Trim(Func(*words, function="regexp_replace", output_field=TextField()))

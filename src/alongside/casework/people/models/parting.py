"""What is written about a person, row by row, so that it can go to the record it is about."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from alongside.casework.people.models.about_me import AboutMe, Contact
from alongside.casework.people.models.history import ChronologyEntry, Involvement, KnownTo
from alongside.casework.people.models.person import Person
from alongside.casework.people.models.reach import Reach

Row = AboutMe | Contact | Involvement | KnownTo | ChronologyEntry
WRITTEN: dict[type[models.Model], str] = {
    AboutMe: "recorded_at",
    Contact: "noted_at",
    Involvement: "noted_at",
    KnownTo: "asked_at",
    ChronologyEntry: "recorded_at",
}
"""The tables whose rows go, when records are parted, with the person they are about; and their times."""


@dataclass(frozen=True)
class Going:
    """Whom rows of apps above may be about, when records are parted.

    Attributes:
        staying: ids of the kept record and of all that were joined to it otherwise.
        theirs: ids of the absorbed record and of all that were joined to it before.
        to: the absorbed record: rows go to it.
        since: when the two were joined.
        of: organisations that saw only the absorbed record of their own then: what they added is about it.
        looked_up: what apps above found out for a page, which asks them several things at one moment; None
            for a command, in which what goes changes what they would find.
    """

    staying: frozenset[UUID]
    theirs: frozenset[UUID]
    to: Person
    since: datetime
    of: frozenset[UUID]
    looked_up: dict[str, Any] | None = field(default=None, compare=False, repr=False)


@contextmanager
def parting() -> Iterator[None]:
    """Let rows that are kept as said go to another record of a merge that was undone (migration 0015).

    For a command that sees all rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('alongside.parting', 'on', true)")
        yield
        cursor.execute("select set_config('alongside.parting', 'off', true)")


def give_back(rows: Collection[Row], to: Person, *, at: datetime) -> None:
    """Say that rows are about this person; whoever saw the other because of them sees this one instead."""
    ids = [each.id for each in rows]
    for model in {type(each) for each in rows}:
        about: models.Manager[Any] = model._default_manager
        about.filter(id__in=ids).update(person=to)
    came_by_them = Reach.objects.select_for_update(no_key=True).filter(about__in=ids, until=None)
    for reach in came_by_them.order_by("id"):
        reach.go_to(to, at=at)


def reach_goes(about: Collection[UUID], going: Going, *, at: datetime) -> None:
    """End the reach to records that stay which these rows gave; it is to the record that they are about."""
    open_ones = Reach.objects.select_for_update(no_key=True).filter(about__in=about, until=None)
    there = set(
        open_ones.filter(person__in=going.theirs).values_list("organisation_id", "about").order_by("id")
    )
    for reach in open_ones.filter(person__in=going.staying).order_by("id"):
        if (reach.organisation_id, reach.about) in there:
            reach.end(at=at)
        else:
            reach.go_to(going.to, at=at)


def give_back_corrections(of: Collection[UUID], to: Person) -> None:
    """Say that corrections are about the person whose entry they correct.

    Args:
        of: the ids of all records of that person.
        to: their main record.
    """
    stray = ChronologyEntry.objects.filter(corrects__person__in=of).exclude(person__in=of)
    stray.update(person=to)

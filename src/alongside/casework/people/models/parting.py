"""What is written about a person, row by row, so that it can go to the record it is about."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
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


def give_back_corrections(of: Collection[UUID], to: Person) -> None:
    """Say that corrections are about the person whose entry they correct.

    Args:
        of: the ids of all records of that person.
        to: their main record.
    """
    stray = ChronologyEntry.objects.filter(corrects__person__in=of).exclude(person__in=of)
    stray.update(person=to)

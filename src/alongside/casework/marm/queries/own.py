"""Nobody works on a case about themselves: a worker who is the person sees none of it as a worker.

They are recognised by the account's e-mail address, if the person's record has the same one. What they may
read as the person, they ask for as anybody does (``rights``). Whoever asks is told what they would be told of
a case that is not there, and lists of members simply leave them out.
"""

from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import User
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.people.models import Person


def about_themself(account: Any, person: str) -> Case:
    """Whether a row is about the owner of an account, by any record that is joined with it.

    Lists ask it of each row. It is no condition of its own, which PostgreSQL would make a join of all rows
    with all records; and it names people once, for each name of theirs brings a wall to look through.

    Args:
        account: the id of the account.
        person: the path from the row to the person, such as ``case__person``.
    """
    own = _records_of(account).filter(among("id", Person.objects.all_of_whom(person)))
    return Case(
        When(Exists(own), then=Value(value=True)), default=Value(value=False), output_field=BooleanField()
    )


def addresses_of(person_id: UUID) -> list[str]:
    """Return the e-mail addresses of a person, from all their records, in lower case."""
    return [each.lower() for each in _addresses(person=person_id)]


@composed_once
def _addresses(*, person: UUID) -> QuerySet[Person, str]:
    everywhere = Person.objects.filter(id__in=Person.objects.all_of(person))
    return everywhere.exclude(email="").values_list("email", flat=True)


def is_themself(*, actor: Actor, person_id: UUID) -> bool:
    """Whether a person is the actor. Part of a command that checked who asks."""
    records = Person.objects.records_of(person_id)
    return _records_of(actor.user_id).filter(id__in=records).exists()


def _records_of(account: Any) -> QuerySet[Person]:
    own = User.objects.filter(id=account).annotate(small=Lower("email")).values("small")
    return Person.objects.exclude(email="").annotate(small=Lower("email")).filter(small=Subquery(own))

"""What somebody wrote down about a person, which nobody changes."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person

WORDS = 4_000
"""How many characters a box for sentences holds."""


def one_of(codes: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the codes a column may hold; presenters have the words for them."""
    return [(each.value, each.value) for each in codes]


class Kept(models.Model):
    """Who it is about, who wrote it down, for which organisation and when. The database prevents changes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_down_by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    whose: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        "written_down_by": Privacy.STAFF,
        "organisation": Privacy.SENSITIVE,
        **dict.fromkeys(["id", "recorded_at"], Privacy.OPERATIONAL),
    }
    """The privacy of these columns; each table adds its own."""

    class Meta:
        """A table of its own for each kind."""

        abstract = True

    # Factories

    @classmethod
    def keep(cls, *, person_id: UUID, by: str, organisation_id: UUID, at: datetime, **columns: Any) -> Self:
        """Save it, with the table's other columns; the caller has checked that it can be saved."""
        made = cls(
            person_id=person_id,
            written_down_by=by,
            organisation_id=organisation_id,
            recorded_at=at,
            **columns,
        )
        made.full_clean()
        made.save(force_insert=True)
        return made

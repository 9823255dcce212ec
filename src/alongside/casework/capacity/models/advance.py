"""What a person wished in case they could not decide later; kept as it was, and theirs to withdraw."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.capacity.models.records import WORDS, one_of
from alongside.casework.capacity.rules.advance import Kind
from alongside.casework.people.models import Person


class AdvanceStatement(models.Model):
    """What somebody wishes in their words, or that an advance decision, attorney or deputy exists."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="advance_statements")
    kind = models.CharField(max_length=12, choices=one_of(Kind))
    words = models.TextField(max_length=10_000)
    made_on = models.DateField(null=True, blank=True)
    """None where nobody knows."""
    held_by = models.TextField(max_length=WORDS)
    """Who has a copy, or the document itself."""
    seen_by = models.CharField(max_length=200, blank=True)
    """Who saw the document; empty where nobody did yet."""
    written_down_by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["words", "held_by"], Privacy.FREE_TEXT),
        **dict.fromkeys(["kind", "made_on", "organisation"], Privacy.SENSITIVE),
        **dict.fromkeys(["seen_by", "written_down_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "recorded_at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def keep(
        cls,
        *,
        person: Person,
        kind: str,
        words: str,
        made_on: date | None,
        held_by: str,
        seen_by: str,
        by: str,
        organisation_id: UUID,
        at: datetime,
    ) -> "AdvanceStatement":
        """Keep what was made in advance."""
        made = cls(
            person=person,
            kind=kind,
            words=words,
            made_on=made_on,
            held_by=held_by,
            seen_by=seen_by,
            written_down_by=by,
            organisation_id=organisation_id,
            recorded_at=at,
        )
        made.full_clean()
        made.save(force_insert=True)
        return made


class AdvanceWithdrawal(models.Model):
    """That the person took back what they had made in advance. It stays readable, and no longer stands."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    statement = models.OneToOneField(AdvanceStatement, models.PROTECT, related_name="withdrawal")
    words = models.TextField(max_length=WORDS)
    said_on = models.DateField()
    written_down_by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(["said_on", "organisation"], Privacy.SENSITIVE),
        "written_down_by": Privacy.STAFF,
        **dict.fromkeys(["id", "statement", "recorded_at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def keep(
        cls,
        *,
        statement: AdvanceStatement,
        words: str,
        said_on: date,
        by: str,
        organisation_id: UUID,
        at: datetime,
    ) -> "AdvanceWithdrawal":
        """Keep that the person took it back, and what they said."""
        made = cls(
            person_id=statement.person_id,
            statement=statement,
            words=words,
            said_on=said_on,
            written_down_by=by,
            organisation_id=organisation_id,
            recorded_at=at,
        )
        made.full_clean()
        made.save(force_insert=True)
        return made

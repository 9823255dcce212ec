"""Help that was not offered, and the second look at it."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.offers.rules.not_offered import NotOfferedWhy, Verdict
from alongside.casework.offers.rules.offering import Kind
from alongside.casework.people.models import Person


class NotOffered(models.Model):
    """An option that a person was not offered, and why not."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="not_offered")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Kind])
    what = models.TextField(max_length=1_000)
    why = models.CharField(max_length=20, choices=[(each.value, each.value) for each in NotOfferedWhy])
    words = models.TextField(max_length=5_000)
    thought_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=200)
    recorded_by_id = models.UUIDField()
    recorded_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["kind", "why", "decided_on", "organisation"], Privacy.SENSITIVE),
        **dict.fromkeys(["what", "words"], Privacy.FREE_TEXT),
        **dict.fromkeys(["thought_by", "recorded_by", "recorded_by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "recorded_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Rows are counted, and looked at, by organisation."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person"], name="not_offered_to_person"),
            models.Index(fields=["organisation", "decided_on"], name="not_offered_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"not offered {self.id}"

    # Factories

    @classmethod
    def note(
        cls,
        *,
        person: Person,
        kind: Kind,
        what: str,
        why: NotOfferedWhy,
        words: str,
        thought_by: str,
        decided_on: date,
        organisation_id: UUID,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "NotOffered":
        """Save that an option was not offered."""
        noted = cls(
            person=person,
            kind=kind,
            what=what.strip(),
            why=why,
            words=words.strip(),
            thought_by=thought_by.strip(),
            decided_on=decided_on,
            organisation_id=organisation_id,
            recorded_by=by,
            recorded_by_id=by_id,
            recorded_at=at,
        )
        noted.full_clean(exclude=["person", "organisation"])
        noted.save(force_insert=True)
        return noted


class SecondLook(models.Model):
    """What a manager says about help that was not offered. After *discuss* comes another look."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    not_offered = models.ForeignKey(NotOffered, models.CASCADE, related_name="looks")
    verdict = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Verdict])
    words = models.TextField(max_length=5_000)
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "verdict": Privacy.SENSITIVE,
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(["by", "by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "not_offered", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """It is settled only once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["not_offered"], condition=~Q(verdict=Verdict.DISCUSS), name="looked_at_once"
            ),
        ]

    def __str__(self) -> str:
        return f"second look {self.id}"

    # Factories

    @classmethod
    def say(
        cls, *, not_offered: NotOffered, verdict: Verdict, words: str, by: str, by_id: UUID, at: datetime
    ) -> "SecondLook":
        """Save what a manager says."""
        look = cls(not_offered=not_offered, verdict=verdict, words=words.strip(), by=by, by_id=by_id, at=at)
        look.full_clean(exclude=["not_offered"])
        look.save(force_insert=True)
        return look

"""Concerns, and what was asked because of one."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person


class Concern(models.Model):
    """A worry somebody has about a person. Never changed: the next one is added beside it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="concerns")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    words = models.TextField(max_length=10_000)
    immediate_danger = models.BooleanField(default=False)
    talked_through = models.BooleanField(default=False)
    """Whether it was talked through with the person, and not only with colleagues."""
    why_not_safe = models.TextField(max_length=2_000, blank=True)
    """Why it is not safe for the person to know that somebody worries; empty where nobody said so."""
    raised_by = models.CharField(max_length=200)
    raised_by_id = models.UUIDField(null=True, blank=True)
    raised_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["words", "why_not_safe"], Privacy.FREE_TEXT),
        **dict.fromkeys(["immediate_danger", "talked_through"], Privacy.SENSITIVE),
        **dict.fromkeys(["raised_by", "raised_by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "organisation", "raised_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Read by person, newest first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-raised_at"], name="concerns_of_person"),
        ]

    def __str__(self) -> str:
        return f"concern {self.id}"

    # Factories

    @classmethod
    def raise_about(
        cls,
        *,
        person_id: UUID,
        organisation_id: UUID,
        words: str,
        immediate_danger: bool,
        by: str,
        by_id: UUID | None,
        at: datetime,
        talked_through: bool = False,
        why_not_safe: str = "",
    ) -> "Concern":
        """Keep a worry about somebody."""
        return cls.objects.create(
            person_id=person_id,
            organisation_id=organisation_id,
            words=words.strip(),
            immediate_danger=immediate_danger,
            talked_through=talked_through,
            why_not_safe=why_not_safe.strip(),
            raised_by=by,
            raised_by_id=by_id,
            raised_at=at,
        )


class Screening(models.Model):
    """What was asked about a person to find out whether another process is needed, and the result."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="screenings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="screenings", null=True, blank=True)
    forum = models.CharField(max_length=60)
    """Code of the process it asks about, in the area pack of its day."""
    answers = models.JSONField()
    """The code of each question, and its answer."""
    leads_on = models.BooleanField()
    because = models.JSONField(default=list)
    """Codes of the reasons it leads on."""
    words = models.TextField(max_length=5_000, blank=True)
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["forum", "answers", "leads_on", "because"], Privacy.SENSITIVE),
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(["by", "by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "organisation", "concern", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Read by person."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-at"], name="screenings_of_person"),
        ]

    def __str__(self) -> str:
        return f"screening {self.id}"

    # Factories

    @classmethod
    def keep(cls, *, person_id: UUID, organisation_id: UUID, **said: Any) -> "Screening":
        """Save what was asked, what was answered and what follows: the columns by name."""
        return cls.objects.create(person_id=person_id, organisation_id=organisation_id, **said)

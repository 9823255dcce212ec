"""What was sent on to another process, until its outcome comes back."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.models.concerns import Concern
from alongside.casework.marm.rules.onward import Came
from alongside.casework.people.models import Person


class Onward(models.Model):
    """A person's matter sent to another process; several at once, and none instead of another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sent_onward")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="sent_onward", null=True, blank=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="onward", null=True, blank=True)
    """The case whose agencies can see it; None if only the organisation itself can."""
    forum = models.CharField(max_length=60)
    why = models.TextField(max_length=5_000)
    sent_to = models.CharField(max_length=200)
    reference = models.CharField(max_length=100, blank=True)
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=200)
    sent_by_id = models.UUIDField()
    sent_at = models.DateTimeField()
    came = models.CharField(max_length=20, choices=[(each, each) for each in Came], blank=True)
    came_on = models.DateField(null=True, blank=True)
    came_words = models.TextField(max_length=5_000, blank=True)
    came_noted_by = models.CharField(max_length=200, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["forum", "sent_to", "reference", "sent_on", "came", "came_on"], Privacy.SENSITIVE),
        **dict.fromkeys(["why", "came_words"], Privacy.FREE_TEXT),
        **dict.fromkeys(["sent_by", "sent_by_id", "came_noted_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "organisation", "concern", "case", "sent_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """What came back has a day and words."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(came="", came_on=None, came_words="")
                | (~Q(came="") & Q(came_on__isnull=False) & ~Q(came_words="")),
                name="onward_came_whole",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-sent_at"], name="onward_of_person"),
            models.Index(fields=["organisation"], condition=Q(came=""), name="onward_waiting"),
        ]

    def __str__(self) -> str:
        return f"onward {self.id}"

    # Factories

    @classmethod
    def send(
        cls,
        *,
        person_id: UUID,
        organisation_id: UUID,
        concern: Concern | None,
        case: Case | None,
        forum: str,
        why: str,
        sent_to: str,
        reference: str,
        sent_on: date,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "Onward":
        """Save that it was sent."""
        return cls.objects.create(
            person_id=person_id, organisation_id=organisation_id, concern=concern, case=case,
            forum=forum,
            why=why.strip(), sent_to=sent_to.strip(), reference=reference.strip(), sent_on=sent_on,
            sent_by=by, sent_by_id=by_id, sent_at=at,
        )  # fmt: skip

    # Mutators

    def say_what_came(self, *, came: Came, on: date, words: str, by: str) -> None:
        """Save what came back; once."""
        self.came, self.came_on, self.came_words, self.came_noted_by = came, on, words.strip(), by
        self.save(update_fields=["came", "came_on", "came_words", "came_noted_by"])

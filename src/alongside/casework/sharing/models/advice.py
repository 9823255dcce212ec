"""Asking for advice before deciding, and drafts of decisions."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person
from alongside.casework.sharing.rules.steps import with_step


class ShareDraft(models.Model):
    """What somebody has typed of a decision so far. Theirs alone, and deleted once they decide."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="share_drafts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    answers = models.JSONField(default=dict)
    """By step, as the forms were sent."""
    updated_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        "answers": Privacy.FREE_TEXT,
        "user_id": Privacy.STAFF,
        **dict.fromkeys(["id", "organisation", "updated_at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def begin(
        cls, *, person: Person, organisation_id: UUID, user_id: UUID, answers: dict[str, Any], at: datetime
    ) -> "ShareDraft":
        """Start a draft."""
        return cls.objects.create(
            person=person, organisation_id=organisation_id, user_id=user_id, answers=answers, updated_at=at
        )

    # Mutators

    def keep(self, step: str, answers: Any, *, whole: bool, at: datetime) -> None:
        """Save what was typed in a step, whether or not it is complete."""
        self.keep_all(with_step(self.answers, step, answers, whole=whole), at=at)

    def keep_all(self, answers: dict[str, Any], *, at: datetime) -> None:
        """Save all the answers as they are now."""
        self.answers, self.updated_at = answers, at
        self.save(update_fields=["answers", "updated_at"])


class Advice(models.Model):
    """A question about whether something may be shared, to an organisation's managers, and their answer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sharing_advice")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    draft_id = models.UUIDField(null=True)
    """The draft it is about."""
    question = models.TextField(max_length=4_000)
    asked_by_id = models.UUIDField()
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    lawyer = models.CharField(max_length=200, blank=True)
    """The lawyer who was asked, if any."""
    lawyer_asked_on = models.DateField(null=True)
    lawyer_said = models.TextField(max_length=4_000, blank=True)
    answer = models.TextField(max_length=4_000, blank=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["question", "lawyer_said", "answer"], Privacy.FREE_TEXT),
        **dict.fromkeys(
            ["asked_by_id", "asked_by", "lawyer", "answered_by_id", "answered_by"], Privacy.STAFF
        ),
        **dict.fromkeys(
            ["id", "organisation", "draft_id", "asked_at", "lawyer_asked_on", "answered_at"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """An answer has a time at which it was given."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="advice_answered_when",
            ),
        ]

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        person: Person,
        organisation_id: UUID,
        draft_id: UUID | None,
        question: str,
        by_id: UUID,
        by: str,
        at: datetime,
    ) -> "Advice":
        """Ask a question."""
        return cls.objects.create(
            person=person,
            organisation_id=organisation_id,
            draft_id=draft_id,
            question=question,
            asked_by_id=by_id,
            asked_by=by,
            asked_at=at,
        )

    # Mutators

    def bring_in(self, *, lawyer: str, on: date) -> None:
        """Record which lawyer was asked."""
        self.lawyer, self.lawyer_asked_on = lawyer, on
        self.save(update_fields=["lawyer", "lawyer_asked_on"])

    def give(self, *, answer: str, lawyer_said: str, by_id: UUID, by: str, at: datetime) -> None:
        """Answer the question."""
        self.answer, self.lawyer_said = answer, lawyer_said
        self.answered_by_id, self.answered_by, self.answered_at = by_id, by, at
        self.save(update_fields=["answer", "lawyer_said", "answered_by_id", "answered_by", "answered_at"])

"""That somebody reviewed a decision, and who was told that nobody looked at one. Written once."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.sharing.models.decisions import ShareDecision
from alongside.casework.sharing.rules.overrides import LateStep


class LookedAgain(models.Model):
    """That somebody reviewed a decision about sharing, and why it stands."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(ShareDecision, models.CASCADE, related_name="looked_again")
    words = models.TextField(max_length=4_000)
    again_on = models.DateField(null=True)
    """When it will be reviewed again; None if it need not be."""
    by_id = models.UUIDField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(["by_id", "by"], Privacy.STAFF),
        **dict.fromkeys(["id", "decision", "again_on", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """The newest last; never without a reason."""

        ordering: ClassVar[list[str]] = ["at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(words=""), name="it_stands_because"),
        ]

    # Factories

    @classmethod
    def note(
        cls, decision: ShareDecision, *, words: str, again_on: date | None, by_id: UUID, by: str, at: datetime
    ) -> "LookedAgain":
        """Record that it stands, and why."""
        return cls.objects.create(
            decision=decision, words=words, again_on=again_on, by_id=by_id, by=by, at=at
        )


class LookChased(models.Model):
    """That somebody was told that nobody looked in time at what was shared in an emergency."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(ShareDecision, models.CASCADE, related_name="looks_chased")
    step = models.CharField(max_length=12, choices=[(each.value, each.value) for each in LateStep])
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "decision", "step", "at"], Privacy.OPERATIONAL
    )

    class Meta:
        """Each step once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "step"], name="a_late_look_once"),
        ]

    # Factories

    @classmethod
    def note(cls, decision: ShareDecision, step: LateStep, *, at: datetime) -> "LookChased":
        """Record that they were told."""
        return cls.objects.create(decision=decision, step=step, at=at)

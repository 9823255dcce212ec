"""Sharing against a person's wishes: the ground, the second look, and what the person says about it later."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.sharing.models.decisions import ShareDecision
from alongside.casework.sharing.rules.overrides import Ground, Override


class RefusalOverride(models.Model):
    """Why something is shared although the person asked for it not to be."""

    decision = models.OneToOneField(ShareDecision, models.CASCADE, related_name="override", primary_key=True)
    ground = models.CharField(max_length=40, choices=[(each.value, each.value) for each in Ground])
    refusal = models.TextField(max_length=4_000)
    """The exact words of the refusal."""
    first = models.TextField(max_length=4_000)
    second = models.TextField(max_length=4_000)
    """What the ground asks for (``rules.overrides.ASKS``)."""
    alternatives = models.TextField(max_length=4_000)
    harm = models.TextField(max_length=4_000)
    advice = models.TextField(max_length=4_000, blank=True)
    review_on = models.DateField()
    capacity_record = models.UUIDField(null=True)
    best_interests = models.UUIDField(null=True)
    emergency = models.BooleanField(default=False)
    emergency_why = models.TextField(max_length=2_000, blank=True)
    look_by = models.DateField(null=True)
    """By when somebody else must look at what was done in an emergency."""

    privacy: ClassVar[dict[str, Privacy]] = {
        "ground": Privacy.SENSITIVE,
        **dict.fromkeys(
            ["refusal", "first", "second", "alternatives", "harm", "advice", "emergency_why"],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(
            ["decision", "review_on", "capacity_record", "best_interests", "emergency", "look_by"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """It says what its ground asks for; an emergency also why it could not wait, and by when to look."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(refusal__regex=r"\S", first__regex=r"\S", second__regex=r"\S")
                & Q(alternatives__regex=r"\S", harm__regex=r"\S")
                & (
                    ~Q(ground=Ground.LACKS_CAPACITY.value)
                    | Q(capacity_record__isnull=False, best_interests__isnull=False)
                )
                & (Q(emergency=False) | Q(emergency_why__regex=r"\S", look_by__isnull=False)),
                name="says_what_its_ground_asks",
            ),
        ]

    # Factories

    @classmethod
    def record(
        cls, override: Override, *, decision: ShareDecision, look_by: date | None
    ) -> "RefusalOverride":
        """Record why, with the decision."""
        made = cls(
            decision=decision, ground=override.ground.value, look_by=look_by,
            **{
                name: getattr(override, name)
                for name in (
                    "refusal", "first", "second", "alternatives", "harm", "advice", "review_on",
                    "capacity_record", "best_interests", "emergency", "emergency_why",
                )
            },
        )  # fmt: skip
        made.save(force_insert=True)
        return made


class SecondLook(models.Model):
    """What a second person said about it: before, or after an emergency. Never whoever decided."""

    class Answer(models.TextChoices):
        """What they said."""

        AGREED = "agreed"
        NOT_AGREED = "not_agreed"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.OneToOneField(ShareDecision, models.CASCADE, related_name="second_look")
    answer = models.CharField(max_length=12, choices=Answer)
    words = models.TextField(max_length=4_000)
    by_id = models.UUIDField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(["by_id", "by"], Privacy.STAFF),
        **dict.fromkeys(["id", "decision", "answer", "at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def give(
        cls, decision: ShareDecision, *, answer: str, words: str, by_id: UUID, by: str, at: datetime
    ) -> "SecondLook":
        """Record what a second person said."""
        return cls.objects.create(decision=decision, answer=answer, words=words, by_id=by_id, by=by, at=at)


class LaterView(models.Model):
    """What the person says afterwards about being overruled, in their words."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(ShareDecision, models.CASCADE, related_name="later_views")
    words = models.TextField(max_length=10_000)
    said_on = models.DateField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        "recorded_by": Privacy.STAFF,
        **dict.fromkeys(["id", "decision", "said_on", "recorded_at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def write_down(
        cls, decision: ShareDecision, *, words: str, said_on: date, by: str, at: datetime
    ) -> "LaterView":
        """Record what they say."""
        return cls.objects.create(
            decision=decision, words=words, said_on=said_on, recorded_by=by, recorded_at=at
        )

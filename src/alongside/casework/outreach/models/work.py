"""What is done on an item: the judgement of its flag, tries to get in touch, notes, hand-overs."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Membership
from alongside.casework.outreach.models.items import WorkItem
from alongside.casework.outreach.rules import (
    Result,
    Verdict,
)


class Judgement(models.Model):
    """What a professional said of an item's flag, before anything was done about it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.OneToOneField(WorkItem, models.CASCADE, related_name="judgement")
    verdict = models.CharField(max_length=10, choices=[(each, each) for each in Verdict])
    why = models.TextField(max_length=5_000)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "verdict": Privacy.SENSITIVE,
        "why": Privacy.FREE_TEXT,
        **dict.fromkeys(["by", "by_name"], Privacy.STAFF),
        **dict.fromkeys(["id", "item", "at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def give(
        cls, *, item: WorkItem, verdict: Verdict, why: str, by: UUID, by_name: str, at: datetime
    ) -> "Judgement":
        """Judge."""
        return cls.objects.create(item=item, verdict=verdict, why=why, by=by, by_name=by_name, at=at)


class Attempt(models.Model):
    """One try to get in touch, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="attempts")
    result = models.CharField(max_length=20, choices=[(each, each) for each in Result])
    note = models.TextField(blank=True, max_length=5_000)
    next_offer = models.TextField(blank=True, max_length=2_000)
    """What will be offered instead, after a refusal."""
    try_next_on = models.DateField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "result": Privacy.SENSITIVE,
        **dict.fromkeys(["note", "next_offer"], Privacy.FREE_TEXT),
        "by_name": Privacy.STAFF,
        **dict.fromkeys(["id", "item", "try_next_on", "at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def note_down(
        cls,
        *,
        item: WorkItem,
        result: Result,
        note: str,
        next_offer: str,
        try_next_on: date | None,
        by_name: str,
        at: datetime,
    ) -> "Attempt":
        """Note a try."""
        return cls.objects.create(
            item=item,
            result=result,
            note=note,
            next_offer=next_offer,
            try_next_on=try_next_on,
            by_name=by_name,
            at=at,
        )


class Note(models.Model):
    """Something worth keeping beside an item."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="notes")
    words = models.TextField(max_length=5_000)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        "by_name": Privacy.STAFF,
        **dict.fromkeys(["id", "item", "at"], Privacy.OPERATIONAL),
    }

    # Factories

    @classmethod
    def add(cls, *, item: WorkItem, words: str, by_name: str, at: datetime) -> "Note":
        """Add a note."""
        return cls.objects.create(item=item, words=words, by_name=by_name, at=at)


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Hand-overs."""

    def open(self) -> "HandOverQuerySet":
        """Those waiting for an answer."""
        return self.filter(answered_at=None, lapsed_at=None)


class HandOver(models.Model):
    """That a member is asked to take an item over. It stays where it is until they accept.

    It lapses if the item is given to somebody meanwhile; or if another is asked, because they have left, or
    are away and nobody can answer for them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="hand_overs")
    to = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    why = models.TextField(max_length=2_000)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    accepted = models.BooleanField(null=True, blank=True)
    answer_why = models.TextField(blank=True, max_length=2_000)
    answered_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["why", "answer_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["to", "by_name"], Privacy.STAFF),
        **dict.fromkeys(["id", "item", "at", "accepted", "answered_at", "lapsed_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """One question at a time; an answer has a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(answered_at=None, lapsed_at=None),
                name="hand_over_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(lapsed_at=None), name="hand_over_answered_or_lapsed"
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, answered_at=None)
                | Q(accepted__isnull=False, answered_at__isnull=False),
                name="hand_over_answered_when",
            ),
        ]

    # Factories

    @classmethod
    def offer(cls, *, item: WorkItem, to: Membership, why: str, by_name: str, at: datetime) -> "HandOver":
        """Ask a member to take it over."""
        return cls.objects.create(item=item, to=to, why=why, by_name=by_name, at=at)

    # Mutators

    def lapse(self, *, at: datetime) -> None:
        """Stop asking them."""
        self.lapsed_at = at
        self.save(update_fields=["lapsed_at"])

    def answer(self, *, accepted: bool, why: str, at: datetime) -> None:
        """Keep the answer."""
        self.accepted, self.answer_why, self.answered_at = accepted, why, at
        self.save(update_fields=["accepted", "answer_why", "answered_at"])

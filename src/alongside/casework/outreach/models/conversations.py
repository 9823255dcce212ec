"""A conversation by a guide, every version of what was written down, and what came of it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.models.items import WorkItem
from alongside.casework.outreach.models.referrals import Referral
from alongside.casework.outreach.rules import OutcomeKind

NOT_THEIRS = "not_theirs"
"""Where an ending keeps what was written before it was noted that the wrong person spoke; no field of it."""


class Conversation(models.Model):
    """One talk with the person of an item, by one version of one guide."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="conversations")
    guide = models.CharField(max_length=120)
    """Name and version, as ``first_call/1``."""
    guide_words = models.JSONField()
    """The guide as it was that day: a later version of the pack must not change what was asked."""
    begun_by = models.CharField(max_length=200)
    begun_at = models.DateTimeField()
    danger = models.BooleanField(null=True, blank=True)
    """Whether somebody was in immediate danger; None until it was asked."""
    danger_asked_at = models.DateTimeField(null=True, blank=True)
    danger_said_at = models.DateTimeField(null=True, blank=True)
    """When somebody was last said to be in immediate danger: it stays, although the danger may pass."""
    next_steps = models.TextField(blank=True, max_length=5_000)
    """The person's own next steps, in their words."""
    ending = models.JSONField(default=dict, blank=True)
    """What is written so far about how it ends, by the fields of that form; empty once it has ended."""
    steps_by = models.CharField(max_length=200, blank=True, db_default="")
    """Who last wrote the next steps in it: somebody who covers may write in a colleague's conversation."""
    steps_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["next_steps", "ending"], Privacy.FREE_TEXT),
        **dict.fromkeys(["danger", "danger_said_at"], Privacy.SENSITIVE),
        **dict.fromkeys(["begun_by", "finished_by", "steps_by"], Privacy.STAFF),
        **dict.fromkeys(
            [
                "id", "item", "guide", "guide_words", "begun_at", "danger_asked_at", "finished_at",
                "steps_at",
            ],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """One at a time for an item, and none is finished before danger was asked about."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(finished_at=None), name="one_conversation_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by="")
                | (Q(finished_at__isnull=False, danger_asked_at__isnull=False) & ~Q(finished_by="")),
                name="conversation_finished_whole",
            ),
        ]

    # Factories

    @classmethod
    def begin(
        cls, *, item: WorkItem, guide: str, guide_words: dict[str, Any], by: str, at: datetime
    ) -> "Conversation":
        """Begin one."""
        return cls.objects.create(item=item, guide=guide, guide_words=guide_words, begun_by=by, begun_at=at)

    # Mutators

    def note_danger(self, *, danger: bool, at: datetime) -> None:
        """Keep whether somebody is in immediate danger, as asked last."""
        self.danger, self.danger_asked_at = danger, at
        if danger:
            self.danger_said_at = at
        self.save(update_fields=["danger", "danger_asked_at", "danger_said_at"])

    def finish(self, *, next_steps: str, by: str, at: datetime) -> None:
        """End it with the person's own next steps."""
        self.next_steps, self.finished_by, self.finished_at = next_steps, by, at
        self.ending = {}
        self.save(update_fields=["next_steps", "finished_by", "finished_at", "ending"])

    def set_aside(self, services: list[str]) -> None:
        """Keep apart what was written about how it ends, and the services chosen: somebody else spoke.

        It is read beside the form until the conversation has ended, and is never part of what came of it.
        """
        now = {name: words for name, words in self.ending.items() if name != NOT_THEIRS}
        now["service_name"] = "\n".join(filter(None, [now.get("service_name"), *services]))
        before = self.ending.get(NOT_THEIRS, {})
        apart = {
            name: "\n".join(filter(None, [before.get(name), now.get(name)])) for name in {**before, **now}
        }
        self.ending = {NOT_THEIRS: apart} if any(apart.values()) else {}
        self.save(update_fields=["ending"])

    def keep_ending(self, told: dict[str, str], *, by: str, at: datetime) -> None:
        """Keep what is written so far about how it ends."""
        self.ending = self.ending | told
        if "next_steps" in told:
            self.steps_by, self.steps_at = by, at
        self.save(update_fields=["ending", "steps_by", "steps_at"])


class Answer(models.Model):
    """One version of what was written down for one prompt. The newest stands; none is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="answers")
    prompt = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    words = models.TextField(blank=True, max_length=10_000)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        "by_name": Privacy.STAFF,
        **dict.fromkeys(["id", "conversation", "prompt", "version", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Versions are counted."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "prompt", "version"], name="answer_version_once"),
        ]

    # Factories

    @classmethod
    def keep(
        cls, *, conversation: Conversation, prompt: str, version: int, words: str, by_name: str, at: datetime
    ) -> "Answer":
        """Keep a version."""
        return cls.objects.create(
            conversation=conversation, prompt=prompt, version=version, words=words, by_name=by_name, at=at
        )


class Outcome(models.Model):
    """One thing that came of a conversation."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=[(each, each) for each in OutcomeKind])
    words = models.TextField(blank=True, max_length=10_000)
    service_name = models.CharField(max_length=200, blank=True)
    service_telephone = models.CharField(max_length=40, blank=True)
    service_id = models.UUIDField(null=True, blank=True)
    """The directory's entry, if it has one; the entry may change, what the person was told does not."""
    service_address = models.TextField(blank=True, max_length=1_000)
    service_hours = models.TextField(blank=True, max_length=2_000)
    on_paper = models.BooleanField(default=False)
    """Whether the person wants it on the page they keep, where others at home may read it."""
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="outcome", null=True, blank=True)
    concern = models.OneToOneField(Concern, models.PROTECT, related_name="outcome", null=True, blank=True)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(
            [
                "kind",
                "service_name",
                "service_telephone",
                "service_id",
                "service_address",
                "service_hours",
                "on_paper",
            ],
            Privacy.SENSITIVE,
        ),
        **dict.fromkeys(["id", "conversation", "referral", "concern", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """A referral has its referral, a concern its concern, and a signpost a service to go to."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind=OutcomeKind.REFERRAL, referral__isnull=False, concern=None)
                | Q(kind=OutcomeKind.CONCERN, concern__isnull=False, referral=None)
                | (Q(kind=OutcomeKind.SIGNPOST, referral=None, concern=None) & ~Q(service_name=""))
                | Q(kind=OutcomeKind.ADVICE, referral=None, concern=None),
                name="outcome_is_whole",
            ),
        ]

    # Factories

    @classmethod
    def note(cls, *, conversation: Conversation, kind: OutcomeKind, at: datetime, **what: Any) -> "Outcome":
        """Note what came of it; ``what`` by the names of the columns."""
        return cls.objects.create(conversation=conversation, kind=kind, at=at, **what)

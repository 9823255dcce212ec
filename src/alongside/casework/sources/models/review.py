"""Doubtful pairs of records, put to a clerk side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.sources.models.releases import ROWS_AT_ONCE, Run
from alongside.casework.sources.rules import Pair


class DoubtfulLinkQuerySet(models.QuerySet["DoubtfulLink"]):
    """Doubtful links, by what they are asked for."""

    def waiting(self) -> "DoubtfulLinkQuerySet":
        """Those nobody has answered, or whose answer was taken back, the likeliest first."""
        return self.filter(answer="").order_by("-probability", "id")

    def about(self, link: "DoubtfulLink") -> "DoubtfulLinkQuerySet":
        """Those of any run about the same two records, whichever was named first."""
        one = {"source_a": link.source_a, "record_a": link.record_a}
        other = {"source_b": link.source_b, "record_b": link.record_b}
        turned = Q(
            source_a=link.source_b, record_a=link.record_b, source_b=link.source_a, record_b=link.record_a
        )
        return self.filter(Q(**one, **other) | turned)


class DoubtfulLink(models.Model):
    """Two records too alike to separate and not alike enough to link, and what a clerk said about them.

    What the records say is shown from the run's folder while the clerk looks, and is not kept here.
    """

    class Answer(models.TextChoices):
        """What a clerk may say; the words are those of the decisions file."""

        SAME = "same", _("The same person")
        DIFFERENT = "different", _("Two people")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    run = models.ForeignKey(Run, models.CASCADE, related_name="doubtful_links")
    source_a = models.CharField(max_length=80)
    record_a = models.CharField(max_length=200)
    source_b = models.CharField(max_length=80)
    record_b = models.CharField(max_length=200)
    probability = models.FloatField()
    question = models.TextField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    why = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    not_followed = models.CharField(max_length=80, blank=True, default="")
    """Where the newest run did not follow the answer: the system of which it would join two numbers."""

    objects = DoubtfulLinkQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["record_a", "record_b"], Privacy.IDENTIFYING),
        **dict.fromkeys(["why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["answered_by"], Privacy.STAFF),
        **dict.fromkeys(
            [
                "id", "run", "source_a", "source_b", "probability", "question", "answer", "answered_at",
                "not_followed",
            ],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """A pair is asked about once for a run; an answer has a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["run", "source_a", "record_a", "source_b", "record_b"], name="asked_once_per_run"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="link_answered_when",
            ),
        ]

    # Factories

    @classmethod
    def put(cls, *, run: Run, pairs: Iterable[Pair]) -> None:
        """Put pairs to the clerk."""
        asked = [DoubtfulLink(run=run, **asdict(pair)) for pair in pairs]
        DoubtfulLink.objects.bulk_create(asked, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)

    # Mutators

    @classmethod
    def note_not_followed(cls, why: Mapping[frozenset[tuple[str, str]], str]) -> None:
        """Note which answers the newest run did not follow, by their two records; it followed all others."""
        cls.objects.exclude(not_followed="").update(not_followed="")
        answered = cls.objects.filter(answer=cls.Answer.SAME) if why else cls.objects.none()
        for link in answered:
            about = frozenset(((link.source_a, link.record_a), (link.source_b, link.record_b)))
            if about in why:
                link.not_followed = why[about]
                link.save(update_fields=["not_followed"])

    def settle(self, *, answer: str, why: str, by: str, at: datetime) -> None:
        """Keep what the clerk said."""
        self.answer, self.why, self.answered_by, self.answered_at = answer, why, by, at
        self.save(update_fields=["answer", "why", "answered_by", "answered_at"])
        LinkAnswer.keep(link=self, said=answer, why=why, by=by, at=at)

    def take_back(self, *, why: str, by: str, at: datetime) -> None:
        """Let it wait for an answer again. What was said, and that it was taken back, stay in its history."""
        self.answer, self.why, self.answered_by, self.answered_at, self.not_followed = "", "", "", None, ""
        self.save(update_fields=["answer", "why", "answered_by", "answered_at", "not_followed"])
        LinkAnswer.keep(link=self, said=LinkAnswer.TAKEN_BACK, why=why, by=by, at=at)


class LinkAnswer(models.Model):
    """One thing said about a doubtful link: an answer, or that one was taken back. Never changed."""

    TAKEN_BACK: ClassVar[str] = "withdrawn"
    """The decisions file's own word."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    link = models.ForeignKey(DoubtfulLink, models.CASCADE, related_name="said")
    said = models.CharField(
        max_length=10, choices=[*DoubtfulLink.Answer.choices, (TAKEN_BACK, _("Taken back"))]
    )
    why = models.TextField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "why": Privacy.FREE_TEXT,
        "by": Privacy.STAFF,
        **dict.fromkeys(["id", "link", "said", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Read in the order in which they were said."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["link", "at"], name="said_of_link")]

    # Factories

    @classmethod
    def keep(cls, *, link: DoubtfulLink, said: str, why: str, by: str, at: datetime) -> "LinkAnswer":
        """Keep what was said."""
        return cls.objects.create(link=link, said=said, why=why, by=by, at=at)

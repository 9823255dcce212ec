"""Doubtful pairs of records, put to a clerk side by side."""

from collections.abc import Iterable
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
    """Doubtful links, as one speaks of them."""

    def waiting(self) -> "DoubtfulLinkQuerySet":
        """Those nobody has answered, the likeliest first."""
        return self.filter(answer="").order_by("-probability", "id")


class DoubtfulLink(models.Model):
    """Two records too alike to part and not alike enough to link, and what a clerk said of them.

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

    objects = DoubtfulLinkQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["record_a", "record_b"], Privacy.IDENTIFYING),
        **dict.fromkeys(["why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["answered_by"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "run", "source_a", "source_b", "probability", "question", "answer", "answered_at"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """A pair is asked once for a run; an answer has a time."""

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

    def settle(self, *, answer: str, why: str, by: str, at: datetime) -> None:
        """Keep what the clerk said."""
        self.answer, self.why, self.answered_by, self.answered_at = answer, why, by, at
        self.save(update_fields=["answer", "why", "answered_by", "answered_at"])

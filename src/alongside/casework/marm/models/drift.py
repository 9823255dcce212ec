"""What was found to drift, night by night."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.marm.rules.drift import Drift, Found
from alongside.casework.people.models import Person

AT_ONCE = 2_000
"""Rows in one statement: it takes no more than 65,535 values."""


class DriftFound(models.Model):
    """Something drifting about a person: from which night, on what evidence, and until which night."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="drift")
    drift = models.CharField(max_length=20, choices=[(each, each) for each in Drift])
    agencies = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    """How many things it is about, if several."""
    since = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["drift", "agencies", "count"], Privacy.SENSITIVE),
        **dict.fromkeys(["id", "since", "found_at", "gone_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each once at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "drift"], condition=Q(gone_at=None), name="drift_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"drift {self.id}"

    # Factories

    @classmethod
    def note_many(cls, found: Iterable[tuple[UUID, Found]], *, at: datetime) -> None:
        """Note what was found, each about a person."""
        DriftFound.objects.bulk_create(
            [
                DriftFound(
                    person_id=person, drift=each.drift, agencies=list(each.agencies), count=each.count,
                    since=each.since, found_at=at,
                )
                for person, each in found
            ],
            batch_size=AT_ONCE,
        )  # fmt: skip

    # Mutators

    @classmethod
    def end_many(cls, ids: list[UUID], *, at: datetime) -> None:
        """Note that these are no longer drifting."""
        for start in range(0, len(ids), AT_ONCE):
            cls.objects.filter(id__in=ids[start : start + AT_ONCE]).update(gone_at=at)

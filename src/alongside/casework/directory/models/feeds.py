"""Directories that others keep, and what came of the last check of each."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models

from alongside.casework.access.privacy import Privacy


class Feed(models.Model):
    """A directory in the Open Referral UK standard that somebody else publishes.

    The last good copy stays until there is a complete new one: ``fetched_at`` is when it was made,
    ``checked_at`` when it was last tried, ``outcome`` what came of that.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    address = models.URLField(max_length=500, unique=True)
    added_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    left_out = models.JSONField(default=list, blank=True)
    """For the last good copy, sentences about rows that could not be imported: where they were, no values."""

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "name", "address", "added_at", "checked_at", "fetched_at", "outcome", "left_out"],
        Privacy.OPERATIONAL,
    )

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def add(cls, *, name: str, address: str, at: datetime) -> "Feed":
        """Add a feed; nothing is fetched yet."""
        feed = cls(name=name, address=address, added_at=at)
        feed.full_clean()
        feed.save()
        return feed

    # Mutators

    def note_copy(self, *, at: datetime, outcome: str, left_out: list[str]) -> None:
        """Note that there is a complete new copy."""
        self.checked_at = self.fetched_at = at
        self.outcome, self.left_out = outcome, left_out
        self.save(update_fields=["checked_at", "fetched_at", "outcome", "left_out"])

    def note_failure(self, *, at: datetime, outcome: str) -> None:
        """Note that the feed was tried and could not be imported; the last good copy stays as it is."""
        self.checked_at, self.outcome = at, outcome
        self.save(update_fields=["checked_at", "outcome"])

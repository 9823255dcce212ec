"""What is remembered of the last run of each line of the schedule."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.background.rules import Outcome, Went


class LastRun(models.Model):
    """The last run of one line of the schedule. What it changed for a person is an audit event, not here."""

    code = models.CharField(primary_key=True, max_length=40)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    went = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Went], blank=True)
    words = models.TextField(blank=True)
    well_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["code", "began_at", "ended_at", "went", "words", "well_at"], Privacy.OPERATIONAL
    )

    # Factories and mutators

    @classmethod
    def begin(cls, code: str, *, at: datetime) -> None:
        """Note that it is running; how it went the time before stays until the new outcome is known."""
        cls.objects.update_or_create(code=code, defaults={"began_at": at, "ended_at": None})

    @classmethod
    def end(cls, code: str, outcome: Outcome, *, at: datetime) -> None:
        """Note how it went."""
        said: dict[str, object] = {"ended_at": at, "went": outcome.went, "words": outcome.words}
        if outcome.went == Went.WELL:
            said["well_at"] = at
        cls.objects.filter(code=code).update(**said)

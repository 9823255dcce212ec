"""How often something runs, when next, and how it went. Uses neither the clock nor the database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Went(StrEnum):
    """How something went. The strings are stored in the database."""

    WELL = "well"
    PARTLY = "partly"
    """Some of it could not be done; the words say what."""
    BADLY = "badly"
    """It could not be done."""


@dataclass(frozen=True)
class Outcome:
    """The outcome, in a sentence that names no person."""

    words: str
    went: Went = Went.WELL


@dataclass(frozen=True)
class Rhythm:
    """How often: in words for people, and in cron format (in UTC) for the background worker.

    Made by ``every`` or ``nightly``, so that the two cannot disagree.
    """

    cron: str
    minutes: int = 0
    at_hour: int = 0
    at_minute: int = 0

    @property
    def words(self) -> str:
        """Return it in words."""
        if self.minutes:
            return ngettext("every minute", "every %(minutes)s minutes", self.minutes) % {
                "minutes": self.minutes
            }
        return _("every night at %(winter)s, in summer at %(summer)s") % {
            "winter": f"{self.at_hour:02}:{self.at_minute:02}",
            "summer": f"{self.at_hour + 1:02}:{self.at_minute:02}",
        }

    def next_after(self, at: datetime) -> datetime:
        """Return when it is due next."""
        here = at.astimezone(UTC).replace(second=0, microsecond=0)
        if self.minutes:
            return here + timedelta(minutes=self.minutes - here.minute % self.minutes)
        tonight = here.replace(hour=self.at_hour, minute=self.at_minute)
        return tonight if tonight > at else tonight + timedelta(days=1)

    def overdue(self, since: datetime | None, *, at: datetime) -> bool:
        """Say whether it should have started by now, allowing a few minutes.

        Args:
            since: when it last started or, if it never has, since when it should run. None if neither is
                known: then nobody can say that it is late.
            at: now.
        """
        return since is not None and self.next_after(since) + SPARE < at


SPARE = timedelta(minutes=10)
HEARD_WITHIN = timedelta(minutes=1)
"""A background worker gives a sign of life every ten seconds."""
LONGEST_MISSED = 24 * 60 * 60
"""Seconds. Jobs that fell due while no background worker was running are run once, if no older than this."""


def every(*, minutes: int) -> Rhythm:
    """Return the rhythm of something that runs every few minutes; they must divide the hour."""
    if minutes < 1 or 60 % minutes:
        raise ValueError(f"an hour cannot be divided by {minutes} minutes")
    return Rhythm(f"*/{minutes} * * * *", minutes=minutes)


def nightly(*, hour: int, minute: int) -> Rhythm:
    """Return the rhythm of something that runs once a night, at the same UTC time all year."""
    if not (0 <= hour < 23 and 0 <= minute < 60):
        raise ValueError(f"{hour}:{minute} is not a time of night")
    return Rhythm(f"{minute} {hour} * * *", at_hour=hour, at_minute=minute)


def worker_is_there(last_heard: datetime | None, *, at: datetime) -> bool:
    """Say whether a background worker is running, from when one was last heard from."""
    return last_heard is not None and at - last_heard < HEARD_WITHIN

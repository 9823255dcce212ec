"""The schedule: the one list of automatic jobs. Each app adds its own lines when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from alongside.casework.background.rules import Outcome, Rhythm

Words = Callable[[], str]
"""Words for a page: made in the reader's language."""


class Job(Protocol):
    """What is run: it is told the time, and returns the outcome."""

    def __call__(self, *, at: datetime) -> Outcome:
        """Do it.

        Raises:
            AlongsideError: it could not be done; the message says why, and names no person.
        """
        ...


@dataclass(frozen=True)
class Scheduled:
    """One line of the schedule.

    Attributes:
        code: stable; it is stored in the database.
        rhythm: how often.
        job: what is run. Running it twice must do no more than running it once: a killed job is run again.
        title: what it is called.
        what: what it does, in a sentence for somebody who does not know the program.
    """

    code: str
    rhythm: Rhythm
    job: Job
    title: Words
    what: Words


SCHEDULE: dict[str, Scheduled] = {}


def schedule(line: Scheduled) -> None:
    """Add a line.

    Raises:
        ValueError: there is already one with this code.
    """
    if line.code in SCHEDULE:
        raise ValueError(f"{line.code} is in the schedule twice")
    SCHEDULE[line.code] = line

"""The stages of a case."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of a case. The strings are stored in the database."""

    ASKED = "asked"
    """Somebody asked for the approach; the co-ordinator looks at it."""
    DECLINED = "declined"
    """The co-ordinator declined, with reason, advice and another route. It may be asked for again."""
    OPEN = "open"
    """Agencies work on it together, with a lead."""
    ENDED = "ended"


STANDING = (Stage.ASKED, Stage.OPEN)
"""Stages of a current case: there is one such case at a time about a person."""


HAPPENS = (Stage.OPEN, Stage.ENDED)
"""Stages in which actions are done: some go on after the case has ended."""


class Urgency(StrEnum):
    """How soon."""

    HIGH = "high"
    """Serious harm may come within days."""
    OTHER = "other"


class Told(StrEnum):
    """Whether the person was told that the approach was asked for."""

    AGREES = "agrees"
    KNOWS = "knows"
    """They know, and do not agree."""
    NOT_YET = "not_yet"
    """With the reason."""

"""Where a case stands, and who may move it."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of a case. The strings stand in the database."""

    ASKED = "asked"
    """Somebody asked for the approach; the co-ordinator looks at it."""
    DECLINED = "declined"
    """The co-ordinator declined, with reason, advice and a route. It may be asked for again at any time."""
    OPEN = "open"
    """Agencies work on it together, with a lead."""
    ENDED = "ended"


STANDING = (Stage.ASKED, Stage.OPEN)
"""Stages in which a case stands: there is one such case at a time about a person."""


HAPPENS = (Stage.OPEN, Stage.ENDED)
"""In which actions are done: what goes on does so after the end of the case too."""


class Urgency(StrEnum):
    """How soon."""

    HIGH = "high"
    """Serious harm may come within days."""
    OTHER = "other"


class Told(StrEnum):
    """Whether the person was told that the approach is asked for."""

    AGREES = "agrees"
    KNOWS = "knows"
    """They know, and do not agree."""
    NOT_YET = "not_yet"
    """With the reason."""

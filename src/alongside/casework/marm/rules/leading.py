"""Who could lead: the agency with the most significant involvement (source 002), and why it is proposed.

The practitioner who raised the case co-ordinates until somebody has accepted; there is one lead at a time.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from uuid import UUID


class Intensity(IntEnum):
    """How much an agency does; a higher number is more."""

    NOT_KNOWN = 0
    LIGHT = 1
    REGULAR = 2
    INTENSIVE = 3


@dataclass(frozen=True)
class Involved:
    """An agency that is in touch, as the involvement register has it.

    Attributes:
        organisation_id: which.
        organisation: its name.
        membership_id: the named worker's, if they are a member here.
        worker: the named worker's name; empty if none is named.
        intensity: how much it does.
        since: since when; None if not known.
        away: whether the named worker is away now, or has left.
        named_by_person: whether the person says that this agency helps them.
    """

    organisation_id: UUID
    organisation: str
    membership_id: UUID | None
    worker: str
    intensity: Intensity
    since: date | None
    away: bool = False
    named_by_person: bool = False


@dataclass(frozen=True)
class Proposed:
    """Who could lead, and what speaks for them."""

    involved: Involved
    because: tuple["Because", ...]


class Because(IntEnum):
    """What speaks for an agency, the strongest first."""

    NAMED_BY_PERSON = 1
    MOST_INVOLVED = 2
    LONGEST = 3
    HAS_WORKER = 4


def proposed(involved: Iterable[Involved]) -> list[Proposed]:
    """Return who could lead, best first: named by the person, does most, in touch longest.

    Anybody away comes after all who are not: a lead who cannot act leaves the person without one. An
    agency without a named worker comes last, since nobody in it can accept.
    """
    each_once = list(involved)
    most = max((each.intensity for each in each_once), default=Intensity.NOT_KNOWN)
    longest = min((each.since for each in each_once if each.since), default=None)

    def why(each: Involved) -> tuple[Because, ...]:
        holds = {
            Because.NAMED_BY_PERSON: each.named_by_person,
            Because.MOST_INVOLVED: each.intensity == most and most > Intensity.NOT_KNOWN,
            Because.LONGEST: each.since is not None and each.since == longest,
            Because.HAS_WORKER: bool(each.membership_id) and not each.away,
        }
        return tuple(reason for reason in Because if holds[reason])

    ranked = sorted(
        each_once,
        key=lambda each: (
            not each.membership_id or each.away,
            not each.named_by_person,
            -each.intensity,
            each.since or date.max,
            each.organisation,
        ),
    )
    return [Proposed(each, why(each)) for each in ranked]


@dataclass(frozen=True)
class Away:
    """An absence: since when, and the membership of whoever covers, while they do."""

    since: date
    cover: UUID | None


def nobody_covers_since(
    left_on: date | None, absences: Iterable[Away], *, day: date, away: Container[UUID]
) -> date | None:
    """Return since when somebody has been away with nobody covering; None if they or a cover are there.

    Args:
        left_on: the first day on which they no longer work there; None if they still do.
        absences: their absences that include the day.
        day: on which.
        away: the memberships of everybody away that day: whoever covers must not be.
    """
    if left_on is not None and left_on <= day:
        return left_on
    theirs = list(absences)
    if not theirs or any(each.cover is not None and each.cover not in away for each in theirs):
        return None
    return min(each.since for each in theirs)

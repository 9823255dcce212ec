"""When refusals add up to something that agencies must talk about. It raises concern, and ends nothing."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from alongside.casework.offers.rules.offering import ESSENTIAL, SETTLES, Answer, Kind, PutOff


class Answered(Protocol):
    """A reply, whoever keeps it: all that ``standing`` asks of it."""

    @property
    def answer(self) -> str:
        """What came of the offer."""


AReply = TypeVar("AReply", bound=Answered)


@dataclass(frozen=True)
class Limits:
    """The point at which refusals add up; a partnership sets its own in its area pack's ``marm.yaml``.

    Attributes:
        declines: how many offers of essential help were declined.
        agencies: how many agencies made them.
        months: within how many months.
    """

    declines: int = 2
    agencies: int = 2
    months: int = 12


@dataclass(frozen=True)
class Given:
    """One reply to an offer: enough to say whether refusals add up, and to show it.

    Attributes:
        offer_id: which offer.
        kind: of help.
        what: what was offered.
        urgent: whether it was needed urgently, or to stay alive.
        agency: who offered it.
        answer: what came of it.
        on: when.
        own_words: what the person said.
        put_off: what put them off.
    """

    offer_id: UUID
    kind: Kind
    what: str
    urgent: bool
    agency: str
    answer: Answer
    on: date
    own_words: str = ""
    put_off: frozenset[PutOff] = frozenset()


class Ground(StrEnum):
    """Why refusals add up."""

    SEVERAL = "several"
    """Essential help, several times, from several agencies."""
    URGENT = "urgent"
    """Something that was needed urgently, or to stay alive."""
    CONTROLLED = "controlled"
    """Somebody else may be deciding for them."""


@dataclass(frozen=True)
class AddingUp:
    """Refusals add up: why, and which of them show it, newest first."""

    grounds: tuple[Ground, ...]
    evidence: tuple[Given, ...]

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies whose help was declined, by name."""
        return tuple(sorted({each.agency for each in self.evidence}))


def standing(replies: Sequence[AReply]) -> AReply:
    """Return the reply that counts for an offer, from all replies to it, oldest first.

    Somebody who said no and could not be reached since has still said no; somebody who has since said yes has
    not.
    """
    settled = [each for each in replies if each.answer in SETTLES]
    return (settled or list(replies))[-1]


def adds_up(given: Iterable[Given], *, day: date, limits: Limits) -> AddingUp | None:
    """Return why refusals add up on a day, and which ones; None if they do not.

    Repeated refusals across agencies come up again and again in reviews after a death (domain 3, factor
    ``ref_declined_2``); one refusal of urgent help, or one under somebody's control, is enough.

    Args:
        given: replies to offers to one person, with those to the same offer in order.
        day: the day.
        limits: the point at which they add up.
    """
    of_offer: dict[UUID, list[Given]] = {}
    for each in given:
        of_offer.setdefault(each.offer_id, []).append(each)
    since = months_before(day, limits.months)
    declined = [
        stands
        for stands in map(standing, of_offer.values())
        if stands.answer is Answer.DECLINED and since < stands.on <= day
    ]
    essential = [each for each in declined if each.kind in ESSENTIAL]
    several = len(essential) >= limits.declines and len({e.agency for e in essential}) >= limits.agencies
    found = {
        Ground.SEVERAL: essential if several else [],
        Ground.URGENT: [each for each in declined if each.urgent],
        Ground.CONTROLLED: [each for each in declined if PutOff.CONTROLLED in each.put_off],
    }
    evidence = {each for several_ in found.values() for each in several_}
    if not evidence:
        return None
    return AddingUp(
        grounds=tuple(ground for ground in Ground if found[ground]),
        evidence=tuple(sorted(evidence, key=lambda each: (each.on, str(each.offer_id)), reverse=True)),
    )


def months_before(day: date, months: int) -> date:
    """Return the day that many months before, or the last of the month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

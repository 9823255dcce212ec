"""Small numbers: what may be shown of a count of people, decided in this one place.

The rule: a count of 1 to 4 is shown as *fewer than 5*. Where the parts of a shown total would still let it be
worked out, further parts (the smallest first), and in the end the total, are *not shown*. Nought is shown.
Source: the disclosure control usual in English health and social care statistics (a threshold of five with
secondary suppression).
"""

from collections.abc import Sequence
from dataclasses import dataclass

THRESHOLD = 5


@dataclass(frozen=True)
class Shown:
    """A count as a reader may see it: ``number`` is None where it is held back, ``text`` is always there."""

    number: int | None
    text: str


@dataclass(frozen=True)
class Disclosed:
    """The parts of a whole, in the order they were given, and the whole."""

    parts: list[Shown]
    total: Shown


FEW = Shown(None, f"fewer than {THRESHOLD}")
NOT_SHOWN = Shown(None, "not shown")


def disclose(count: int) -> Shown:
    """Show one count that is not part of a shown total."""
    return FEW if _small(count) else Shown(count, f"{count:,}")


def disclose_share(count: int, of: int) -> Shown:
    """Show how many out of a shown number something holds for; those it does not hold for are people too."""
    return (
        Shown(None, f"all but fewer than {THRESHOLD}")
        if _small(of - count) and not _small(count)
        else disclose(count)
    )


def disclose_parts(counts: Sequence[int]) -> Disclosed:
    """Show counts that add up to a total, and the total, so that no small count can be worked out."""
    total = sum(counts)
    held = {place for place, count in enumerate(counts) if _small(count)}
    few = frozenset(held)
    others = sorted(
        (place for place in range(len(counts)) if counts[place] >= THRESHOLD), key=lambda at: counts[at]
    )
    while _gives_away(counts, held, few) and others:
        held.add(others.pop(0))
    parts = [
        FEW if place in few else NOT_SHOWN if place in held else disclose(count)
        for place, count in enumerate(counts)
    ]
    return Disclosed(
        parts, NOT_SHOWN if _gives_away(counts, held, few) and not _small(total) else disclose(total)
    )


def disclose_together(counts: Sequence[int]) -> list[Shown]:
    """Show counts that can be worked out from one another: all, or none when one of them is small."""
    if not any(_small(count) for count in counts):
        return [disclose(count) for count in counts]
    return [FEW if _small(count) else NOT_SHOWN for count in counts]


def _small(count: int) -> bool:
    return 0 < count < THRESHOLD


def _gives_away(counts: Sequence[int], held: set[int], few: frozenset[int]) -> bool:
    """Say whether the total, less the parts that are shown, leaves only one answer for those held back."""
    if not few:
        return False
    missing = sum(counts[place] for place in held)
    only_few = len(held) == len(few)
    least = len(few) + THRESHOLD * (len(held) - len(few))
    return len(held) == 1 or missing == least or (only_few and missing == len(few) * (THRESHOLD - 1))

"""What one page sends while another, on another device or a colleague's, has saved something else."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class Box(StrEnum):
    """What became of one box since the page with it was opened."""

    SAME = "same"
    """What it holds is what is saved."""
    NEW = "new"
    """Only this page changed it."""
    LEFT = "left"
    """Only somebody else changed it: this page holds what was saved before."""
    BOTH = "both"
    """Both changed it, each in their own way."""


def became(words: str, *, stands: str, opened: Sequence[str]) -> Box:
    """Return what became of a box.

    Args:
        words: what it holds now.
        stands: what is saved.
        opened: first what it held when it was opened or last saved, then whatever the page has sent since
            without an answer: one of these may have arrived. Empty if the page did not say; then what it
            holds now is taken.
    """
    if words == stands:
        return Box.SAME
    if not opened or stands in opened:
        return Box.NEW
    return Box.LEFT if words == opened[0] else Box.BOTH


def boxes(
    told: Mapping[str, str], *, stands: Mapping[str, str], opened: Mapping[str, Sequence[str]]
) -> dict[str, Box]:
    """Return what became of each box of a form; one that was never saved held nothing."""
    return {
        name: became(words, stands=stands.get(name, ""), opened=opened.get(name, ()))
        for name, words in told.items()
    }

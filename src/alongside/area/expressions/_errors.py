"""The one error that the guard raises."""

from collections.abc import Iterable
from difflib import get_close_matches

from alongside.errors import DataRefusedError


class ExpressionError(DataRefusedError):
    """An expression is refused: ``wrong`` says why, ``right`` what would be accepted, each a sentence."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(f"{wrong} {right}")
        self.wrong = wrong
        self.right = right


def did_you_mean(name: str, known: Iterable[str], *, noun: str) -> str:
    """Return a sentence that offers the nearest of ``known``, or lists some, or says there are none."""
    names = sorted(known)
    near = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    if not names:
        return f"There is no {noun} to use here."
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"Use one of these: {shown}."

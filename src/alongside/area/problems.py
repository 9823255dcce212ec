"""What can be wrong with an area pack, put so that its author can correct it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from alongside.errors import DataRefusedError


@dataclass(frozen=True)
class PackProblem:
    """One thing wrong in one place in a pack.

    Attributes:
        file: Path inside the pack, with forward slashes.
        line: Line in that file, counted from 1; None if the file itself is the problem.
        wrong: What is wrong, a sentence without its full stop.
        right: What would be right, a sentence without its full stop.
    """

    file: str
    line: int | None
    wrong: str
    right: str

    def __str__(self) -> str:
        """One line: where, what is wrong, what would be right."""
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        ending = "" if self.right.endswith("?") else "."
        return f"{place}: {self.wrong}. {self.right}{ending}"


class PackRefusedError(DataRefusedError):
    """The pack cannot be used; ``problems`` holds everything wrong with it, in order of file and line."""

    def __init__(self, folder: Path, problems: Iterable[PackProblem]) -> None:
        self.folder = folder
        self.problems = in_order(problems)
        count = "one problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"The area pack {folder} cannot be used, {count}:\n{lines}")


def in_order(problems: Iterable[PackProblem]) -> list[PackProblem]:
    """Problems without duplicates, by file and line."""
    return sorted(set(problems), key=lambda p: (p.file != "area.yaml", p.file, p.line or 0, p.wrong, p.right))


def did_you_mean(word: str, choices: Iterable[str], otherwise: str) -> str:
    """A sentence that offers the nearest of ``choices``, or lists them after ``otherwise`` if none is near.

    Args:
        word: What was written.
        choices: What could have been written.
        otherwise: How the list is introduced, such as "The keys here are".
    """
    known = sorted(set(choices))
    near = nearest(word, known)
    if near:
        return f"Did you mean `{near}`?"
    return f"{otherwise} {listed(known)}" if known else f"{otherwise} none"


def nearest(word: str, choices: Sequence[str]) -> str | None:
    """The choice that ``word`` most likely misspells, or None."""
    matches = get_close_matches(word.lower(), choices, n=1, cutoff=0.6)
    return matches[0] if matches else None


def listed(words: Iterable[str], most: int = 15) -> str:
    """Words as "`a`, `b` and `c`", cut after ``most``, saying how many more there are."""
    quoted = [f"`{word}`" for word in words]
    if len(quoted) > most:
        return f"{', '.join(quoted[:most])} and {len(quoted) - most} more"
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)

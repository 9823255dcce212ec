"""What a lower app asks higher ones, which it may not import: each adds its answer here as it starts."""

from collections.abc import Iterator
from typing import TypeVar

Answer = TypeVar("Answer")


class NobodyAnswersError(RuntimeError):
    """An app that had to answer did not start: going on would take that for "no"."""


class Asked(list[Answer]):
    """Answers, of which there must be at least one.

    Only an app that looked can say that nobody objects or that nothing stands in the way, never a list that
    nobody filled.
    """

    def __iter__(self) -> Iterator[Answer]:
        """Return what answers.

        Raises:
            NobodyAnswersError: there are none.
        """
        if not self:
            raise NobodyAnswersError("no app answers what is asked here: one that must was not started")
        return super().__iter__()

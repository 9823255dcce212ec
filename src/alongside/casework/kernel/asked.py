"""What a lower app asks of higher ones, which it may not import: each puts its answer here as it starts."""

from collections.abc import Iterator
from typing import TypeVar

Answer = TypeVar("Answer")


class NobodyAnswersError(RuntimeError):
    """An app that had to answer did not start: to go on would take that for "no"."""


class Asked(list[Answer]):
    """Answers of which there must be one.

    That nobody objects, or that nothing stands in the way, is said by an app that looked, and never by a list
    that nobody filled.
    """

    def __iter__(self) -> Iterator[Answer]:
        """Return what answers.

        Raises:
            NobodyAnswersError: nothing does.
        """
        if not self:
            raise NobodyAnswersError("no app answers what is asked here: one that must was not started")
        return super().__iter__()

"""Logs say where something broke and what kind of error it was, but never with which values."""

import logging
import traceback
from types import TracebackType


class WithoutValues(logging.Formatter):
    """A formatter that leaves out an error's message, in which a database may quote whole rows."""

    def formatException(  # noqa: N802 - the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return the places and types of an error and of those that caused it."""
        parts: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            kind = type(error)
            places = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"{places}{kind.__module__}.{kind.__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nwhich was caused by:\n\n".join(parts)

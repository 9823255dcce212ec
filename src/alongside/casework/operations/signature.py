"""What a command or query must look like; checked once, when its module is imported."""

import inspect
from collections.abc import Callable
from typing import Any


class MalformedOperationError(TypeError):
    """A command or query is not keyword-only, or does not take who asks or when."""


def must_take(function: Callable[..., Any], *names: str) -> None:
    """Refuse a function that takes anything by position, or does not take these names.

    Raises:
        MalformedOperationError: the function is refused.
    """
    parameters = inspect.signature(function).parameters
    by_position = [
        name for name, each in parameters.items() if each.kind is not inspect.Parameter.KEYWORD_ONLY
    ]
    missing = [name for name in names if name not in parameters]
    if by_position or missing:
        wrong = f"takes {by_position} by position" if by_position else f"lacks {missing}"
        raise MalformedOperationError(f"{function.__module__}.{function.__qualname__} {wrong}")

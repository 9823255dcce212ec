"""``@command``: a transaction, the database told who asks, and nothing unchecked or unrecorded."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from alongside.casework.operations.running import run_checked
from alongside.casework.operations.signature import must_take

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


def command(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Make ``function`` (keyword-only, with ``actor`` and ``at``) a command.

    It runs in one transaction. If it made no permission check of its own or recorded no event of its own,
    everything is rolled back; a refusal is recorded after the rollback, and so survives it.

    Raises:
        MalformedOperationError: at import, if the function does not have that form.
    """
    must_take(function, "actor", "at")

    @wraps(function)
    def run(*args: Given.args, **given: Given.kwargs) -> Returned:
        return run_checked(function, args, given, must_record=True)

    return run

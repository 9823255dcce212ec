"""``@query``: a read that says who looked; where it shows a person, it cannot forget to record so."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from alongside.casework.operations.running import run_checked
from alongside.casework.operations.signature import must_take

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


def query(*, records: bool = False) -> Callable[[Callable[Given, Returned]], Callable[Given, Returned]]:
    """Make a function (keyword-only, with ``actor``) a query, which must check a permission of its own.

    Args:
        records: it shows a person, and so must record that somebody looked, for a purpose.

    Raises:
        MalformedOperationError: at import, the function is not of that form.
    """

    def made(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
        must_take(function, "actor")

        @wraps(function)
        def run(*args: Given.args, **given: Given.kwargs) -> Returned:
            return run_checked(function, args, given, must_record=records, shows_people=records)

        return run

    return made

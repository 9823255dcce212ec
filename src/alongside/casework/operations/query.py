"""``@query``: a read that knows who looks; if it shows a person, it cannot forget to record that."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from alongside.casework.operations.running import run_checked
from alongside.casework.operations.signature import must_take

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


def query(
    *, records: bool = False, shows_people: bool | None = None
) -> Callable[[Callable[Given, Returned]], Callable[Given, Returned]]:
    """Make a function (keyword-only, with ``actor``) a query, which must check a permission of its own.

    Args:
        records: it must record that somebody looked.
        shows_people: it shows a person, and so only to actors who have said what purpose they work for; if
            left out, the same as ``records``.

    Raises:
        MalformedOperationError: at import, if the function does not have that form.
    """
    for_a_purpose = records if shows_people is None else shows_people

    def made(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
        must_take(function, "actor")

        @wraps(function)
        def run(*args: Given.args, **given: Given.kwargs) -> Returned:
            return run_checked(function, args, given, must_record=records, shows_people=for_a_purpose)

        return run

    return made

"""Nothing behind a wall is read while a page is made except by a command or query.

Nobody is visible then: what is read shows nothing, and a column that was put off fails. In most tests it
would succeed all the same, since one transaction holds the whole test and the database still knows the last
actor.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection

from alongside.casework.operations import running


class ReadOutsideError(AssertionError):
    """A page read a table behind a wall when no command or query was running."""


@contextmanager
def refused() -> Iterator[None]:
    """Refuse that on every page, whoever asks for it: a test's own client, or a browser."""
    answer = BaseHandler._get_response

    def answered(self: BaseHandler, request: Any) -> Any:
        with watched():
            return answer(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "_get_response", answered)
        yield


def watched() -> AbstractContextManager[None]:
    """Refuse it for as long as a test makes a page itself."""
    return connection.execute_wrapper(_only_inside)


def _only_inside(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if running._ACTING.get() is None and (found := _behind_walls().search(sql)):
        raise ReadOutsideError(f"{found[0]} was read outside of a command or query: {sql[:200]}")
    return execute(sql, params, many, context)


@cache
def _behind_walls() -> re.Pattern[str]:
    with connection.connection.cursor() as cursor:
        walls = cursor.execute("select tablename from pg_policies").fetchall()
    return re.compile(r"\b({})\b".format("|".join(name for (name,) in walls)))

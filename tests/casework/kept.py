"""The named universe, made once for each moment it is wanted at and kept in a database beside the empty one.

Making it takes as long as most tests that need it. A test that asks for it begins in a database where it is
there already. What the test does is taken back at its end; where it could not be, since it was committed, the
next test that asks has the database made anew from an untouched copy, which takes a fraction of the time.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from copy import deepcopy
from datetime import datetime
from typing import ClassVar
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from tools.universe import Universe, make_universe


class Kept:
    """A universe in its database."""

    empty: ClassVar[str] = ""
    """Name of the database in which every other test is; nothing as long as no universe is kept."""
    blocker: ClassVar[DjangoDbBlocker]
    """Keeps the database from tests that do not ask for it."""
    by_fixture: ClassVar[dict[str, "Kept"]] = {}

    def __init__(
        self, fixture: str, blocker: DjangoDbBlocker, *, at: datetime, stopped: bool = False
    ) -> None:
        """Make the universe in the empty database, move it into its own, and begin there.

        Args:
            fixture: by which tests ask for it.
            blocker: keeps the database from tests that do not ask for it.
            at: when everything in it happens.
            stopped: whether the clock stands still at that moment meanwhile.
        """
        Kept.empty = Kept.empty or str(connection.settings_dict["NAME"])
        self.name = f"{Kept.empty}_{fixture}"
        self._untouched = f"{self.name}_untouched"
        self._spoilt = True
        Kept.blocker = blocker
        with blocker.unblock(), patch.object(timezone, "now", lambda: at) if stopped else nullcontext():
            self._universe = make_universe(at=at)
            _copied(Kept.empty, self._untouched)
            call_command("flush", verbosity=0, interactive=False)
        Kept.by_fixture[fixture] = self
        self.begin()

    @property
    def universe(self) -> Universe:
        """What was made, for a test to do with as it likes."""
        return deepcopy(self._universe)

    def begin(self) -> None:
        """Go where this universe is, as it was made."""
        if self._spoilt:
            go_to(Kept.empty)
            with Kept.blocker.unblock():
                _copied(self._untouched, self.name)
            self._spoilt = False
        go_to(self.name)

    def spoil(self) -> None:
        """Say that something was committed there."""
        self._spoilt = True

    def end(self) -> None:
        """Leave nothing of it."""
        go_to(Kept.empty)
        with Kept.blocker.unblock(), connection._nodb_cursor() as cursor:
            for name in (self.name, self._untouched):
                cursor.execute(f'drop database if exists "{name}" with (force)')


def kept_as(fixture: str, blocker: DjangoDbBlocker, *, at: datetime, stopped: bool = False) -> Iterator[Kept]:
    """Keep a universe while tests run: the body of a session's fixture of this name."""
    kept = Kept(fixture, blocker, at=at, stopped=stopped)
    yield kept
    kept.end()


def go_to(name: str) -> None:
    """Let every connection from now on be to this database."""
    if connection.settings_dict["NAME"] != name:
        leave(Kept.blocker)
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def leave(blocker: DjangoDbBlocker) -> None:
    """End every connection to the database: also those that are kept for whoever asks next."""
    connection.close()
    connection.close_pool()
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        # A thread that answered a browser may not have ended with it, and no test is under way that needs it.
        # It would bring its connection back, and whoever asks another database would be given that.
        cursor.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
            "where datname = %s and backend_type = 'client backend'",
            [connection.settings_dict["NAME"]],
        )


def place_for(item: pytest.Item) -> None:
    """Go where a test wants to be, before anything of the test is there."""
    if kept := _asked_for(item):
        kept.begin()
    elif Kept.empty:
        go_to(Kept.empty)


def place_left_by(item: pytest.Item) -> None:
    """Remember whether what a test did could be taken back."""
    marked = item.get_closest_marker("django_db")
    commits = bool(marked and marked.kwargs.get("transaction"))
    if (kept := _asked_for(item)) and (commits or {"transactional_db", "live_server"} & set(_fixtures(item))):
        kept.spoil()


def is_kept() -> bool:
    """Whether the tests are where a universe is, which nobody needs to empty."""
    return any(each.name == connection.settings_dict["NAME"] for each in Kept.by_fixture.values())


def _asked_for(item: pytest.Item) -> Kept | None:
    return next((each for name, each in Kept.by_fixture.items() if name in _fixtures(item)), None)


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _copied(source: str, to: str) -> None:
    leave(Kept.blocker)  # nobody may be in a database that is copied
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'drop database if exists "{to}" with (force)')
        cursor.execute(f'create database "{to}" template "{source}" strategy file_copy')

"""What tests of casework share: an actor who may do everything, a time, and one real run."""

import secrets
import string
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from babel.messages.mofile import write_mo
from csp.middleware import CSPMiddleware
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models.signals import post_migrate
from django.middleware import csrf
from django.utils import timezone, translation
from psycopg._preparing import Prepare, PrepareManager
from psycopg._queries import PostgresQuery
from psycopg.pq.abc import PGresult
from pytest_django import DjangoDbBlocker
from tests.casework import outside
from tests.casework.brackets import CLOSE, OPEN
from tests.casework.kept import Kept, is_kept, kept_as, leave, place_for, place_left_by
from tools import tree, words
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.permissions import Permission
from alongside.insight.run import find
from alongside.insight.synthetic import make_borough

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
AS_AT = date(2026, 11, 1)
RUN = "2026-11-01"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    place_for(item)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    place_left_by(item)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Plan what is asked of the database once, and not in every test anew: that took longer than the answers.

    Elsewhere psycopg has it planned again after anything is taken back, as what a test did always is, for a
    table could be another than before; whoever alters one here asks it nothing that has parameters. It also
    waits until a thing was asked more often than a test asks it.
    """
    keep, prepare = PrepareManager._should_discard, PrepareManager.get

    def keep_what_was_prepared(self: PrepareManager, now: Prepare, results: Sequence[PGresult]) -> bool:
        taken_back = any(each.command_status == b"ROLLBACK" for each in results)
        return not taken_back and keep(self, now, results)

    def prepare_at_once(
        self: PrepareManager, query: PostgresQuery, asked: bool | None = None
    ) -> tuple[Prepare, bytes]:
        # several commands in one are never prepared, and have no parameters
        return prepare(self, query, asked if query.params is None or asked is not None else True)

    options = connection.settings_dict["OPTIONS"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PrepareManager, "_should_discard", keep_what_was_prepared)
        patch.setattr(PrepareManager, "get", prepare_at_once)
        patch.setattr(PrepareManager, "prepared_max", 1_000)
        patch.setitem(options, "options", f"{options['options']} -c plan_cache_mode=force_generic_plan")
        leave(django_db_blocker)
        yield
        leave(django_db_blocker)


@pytest.fixture(scope="session")
def kept_riverside(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Kept]:
    yield from kept_as("kept_riverside", django_db_blocker, at=AT)


@pytest.fixture(scope="session")
def kept_riverside_now(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Kept]:
    yield from kept_as("kept_riverside_now", django_db_blocker, at=timezone.now())


@pytest.fixture
def riverside(kept_riverside: Kept, db: None) -> Universe:
    """The named universe as of ``at``."""
    return kept_riverside.universe


@pytest.fixture
def riverside_now(kept_riverside_now: Kept, db: None) -> Universe:
    """The named universe as of this day, for pages that ask what day it is."""
    return kept_riverside_now.universe


@pytest.fixture
def anybody() -> Actor:
    """Somebody with every permission, of an organisation that need not exist."""
    return Actor(
        name="Asha Patel",
        user_id=UUID(int=1),
        organisation_id=UUID(int=2),
        organisation_name="Riverside Council",
        permissions=frozenset(Permission),
        purpose="early_help",
    )


@pytest.fixture(scope="session")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fictional borough of 2,000 people, and a run of it in ``runs``."""
    folder = tmp_path_factory.mktemp("borough")
    make_borough(folder / "b", people=2_000, seed=7)
    find(
        folder / "b" / "area",
        folder / "b" / "extracts",
        as_at=AS_AT,
        out=folder / "runs" / RUN,
    )
    return folder


@pytest.fixture(scope="session", autouse=True)
def emptied_after_a_test_of_its_own() -> Iterator[None]:
    """Let Django empty the tables after a transactional test, which the guard of audit events forbids."""
    # nor need it say again each time what Django's own permissions are, which nothing here asks
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    plain = DatabaseOperations.sql_flush

    def with_the_guard_off(self: DatabaseOperations, *given: Any, **more: Any) -> list[str]:
        statements = [] if is_kept() else plain(self, *given, **more)
        return statements and [
            "alter table audit_auditevent disable trigger never_emptied",
            *statements,
            "alter table audit_auditevent enable trigger never_emptied",
            "insert into audit_audithead (id, sequence, hash) values (1, 0, sha256('alongside'))",
        ]

    DatabaseOperations.sql_flush = with_the_guard_off  # type: ignore[method-assign]
    yield
    DatabaseOperations.sql_flush = plain  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def nothing_read_outside() -> Iterator[None]:
    with outside.refused():
        yield


@pytest.fixture(scope="session", autouse=True)
def no_name_by_chance() -> Iterator[None]:
    """Tokens of small letters alone, so that no page says somebody's name ("Bee") in one by chance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", string.ascii_lowercase + string.digits)
        patch.setattr(CSPMiddleware, "_make_nonce", nonce)
        yield


def nonce(_: CSPMiddleware, request: Any) -> str:
    if not isinstance(getattr(request, "_csp_nonce", None), str):
        request._csp_nonce = secrets.token_hex()
    return str(request._csp_nonce)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compiled catalogue in which every message is itself, in brackets."""
    made = words.brought_up_to_date(tree.ROOT, "cy")
    for message in made:
        if message.id:
            message.string = (
                tuple(f"{OPEN}{message.id[-1]}{CLOSE}" for _ in range(made.num_plurals))
                if isinstance(message.id, tuple)
                else f"{OPEN}{message.id}{CLOSE}"
            )
            message.flags.discard("fuzzy")
    path = tmp_path_factory.mktemp("locale") / "cy/LC_MESSAGES/django.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, made)
    return path.parents[2]


@pytest.fixture
def bracketed(settings: Any, catalogue: Path) -> Iterator[None]:
    """Pages in that language for whoever asks for it."""
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    settings.LOCALE_PATHS = [catalogue]
    yield
    translation.activate(settings.LANGUAGE_CODE)

"""What is done where Alongside is installed: begin the partnership, and say what its own role may do."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from alongside.casework.kernel.database import AS_OWNER, database_settings

OPTIONS = {
    "name": "Riverside", "organisation": "Riverside Council", "email": "lena@example.org",
    "person": "Lena Marsh",
}  # fmt: skip


def test_a_partnership_is_created_and_its_lead_signs_in_once(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("create_partnership", **OPTIONS)
    password = capsys.readouterr().out.split()[-1]
    client = Client()
    client.post("/sign-in/", {"username": "lena@example.org", "password": password})
    assert client.get("/").headers["Location"] == "/choose-password/"
    with pytest.raises(CommandError, match="already a partnership here"):
        call_command("create_partnership", **OPTIONS)


def test_what_is_not_given_is_asked_for(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "")
    with pytest.raises(CommandError, match="Name of the partnership"):
        call_command("create_partnership", **OPTIONS | {"name": None})


@pytest.fixture
def application(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """A connection in the application's own role, which is all that a fault in a page would have.

    It is the role that pages are served with: of the private cluster, or of the server DATABASE_URL names.
    """
    call_command("grant_application")
    monkeypatch.delenv(AS_OWNER)
    role = database_settings(Path(settings.DATA_FOLDER))
    assert role["USER"] != connection.settings_dict["USER"], (
        "DATABASE_URL must name the application's role and DATABASE_OWNER_URL the owner's, another"
    )
    with psycopg.connect(
        host=role["HOST"],
        port=role["PORT"],
        dbname=connection.settings_dict["NAME"],
        user=role["USER"],
        password=role["PASSWORD"],
        autocommit=True,
    ) as opened:
        yield opened


ADD = """insert into audit_auditevent (sequence, at, code, actor_name, organisation_name, purpose, about_kind,
  about_id, details, request_id, previous_hash, hash)
  values (0, now(), 'tests.seen', 'A', '', '', '', '', '{}', '', '', '')"""


def test_the_application_adds_audit_events_and_reads_them(application: psycopg.Connection) -> None:
    application.execute(ADD)
    assert application.execute("select sequence, code from audit_auditevent").fetchall() == [
        (1, "tests.seen")
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_auditevent set actor_name = 'Nobody'",
        "delete from audit_auditevent",
        "truncate audit_auditevent",
        "alter table audit_auditevent disable trigger all",
        "drop trigger append_only on audit_auditevent",
        "set session_replication_role = replica",
        "update audit_audithead set sequence = 0",
        "delete from audit_audithead",
        "truncate accounts_user cascade",
        "alter table accounts_user add column more text",
        "create table mine (id int)",
        "create temporary table mine (id int)",
        "drop table accounts_training",
        "insert into django_migrations (app, name, applied) values ('x', 'x', now())",
        "set role alongside_owner",
        "create or replace function audit_is_append_only() returns trigger language sql as ''",
        "select word from people_nameword",
        "select word from people_personname",
        "delete from people_personname",
    ],
)
def test_the_application_can_change_neither_events_nor_tables_nor_guards(
    application: psycopg.Connection, statement: str
) -> None:
    application.execute(ADD)
    with pytest.raises(psycopg.Error, match=r"permission denied|must be owner"):
        application.execute(statement)


def test_the_application_reads_and_writes_rows_of_members(application: psycopg.Connection) -> None:
    application.execute("delete from accounts_training")
    application.execute("update accounts_organisation set remit = ''")
    assert application.execute("select count(*) from accounts_user").fetchall() == [(0,)]


def test_the_application_asks_who_is_named_like_something_and_reads_no_list_of_names(
    application: psycopg.Connection,
) -> None:
    assert application.execute("select * from people_named_like('{bee}', 0.35, 25)").fetchall() == []

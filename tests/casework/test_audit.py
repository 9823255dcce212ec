"""The chain of audit events: whoever changes, removes, adds or moves one is found out."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.utils import DatabaseError, ProgrammingError

from alongside.casework.access.actors import Actor
from alongside.casework.audit import verification
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.recorder import record
from alongside.casework.audit.registry import EVENT_TYPES, EventType, event_type, keep_all
from alongside.casework.audit.telling import told
from alongside.casework.audit.verification import verify_chain

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seen() -> Iterator[EventType]:
    kind = event_type("tests.seen", "{actor} saw {what}", shredder=keep_all)
    yield kind
    del EVENT_TYPES[kind.code]


@pytest.fixture
def five(seen: EventType, anybody: Actor) -> None:
    for number in range(5):
        record(seen, actor=anybody, what=f"thing {number}", about=("thing", number))


def as_the_attacker(*statements: str) -> None:
    """Somebody with the owner's password takes the guards off first."""
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_auditevent disable trigger all")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("alter table audit_auditevent enable trigger all")


def test_events_are_numbered_and_chained_by_the_database(five: None) -> None:
    assert list(AuditEvent.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
    found = verify_chain()
    assert (found.events, found.problems) == (5, [])
    last = AuditEvent.objects.get(sequence=5)
    assert bytes(last.hash).hex() == found.head
    assert told(last, in_full=True) == "Asha Patel saw thing 4"


def test_an_empty_chain_is_whole() -> None:
    assert verify_chain().problems == []


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_auditevent set actor_name = 'Nobody' where sequence = 3",
        "delete from audit_auditevent where sequence = 3",
        "truncate audit_auditevent",
    ],
)
def test_a_row_can_be_neither_changed_nor_taken_out(five: None, statement: str) -> None:
    with (
        pytest.raises((DatabaseError, ProgrammingError), match="only ever added"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


COLUMNS = {
    "at": "at + interval '1 microsecond'", "code": "'tests.other'", "actor_id": "null",
    "actor_name": "'Nobody'", "organisation_id": "null", "organisation_name": "''", "purpose": "'other'",
    "person_id": "gen_random_uuid()", "about_kind": "'other'", "about_id": "'0'",
    "details": """'{"what": "nothing"}'""", "request_id": "'r'",
}  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_to_any_column_is_found(five: None, column: str) -> None:
    as_the_attacker(f"update audit_auditevent set {column} = {COLUMNS[column]} where sequence = 3")
    assert verify_chain().problems == ["event 3 was changed after it was recorded"]


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["delete from audit_auditevent where sequence = 3"], "events 3 to 3 are missing"),
        (["delete from audit_auditevent where sequence = 1"], "events 1 to 1 are missing"),
        (["delete from audit_auditevent where sequence = 5"], "the end was cut off"),
        (
            [
                """insert into audit_auditevent select 6, at, code, actor_id, actor_name, organisation_id,
                organisation_name, purpose, person_id, about_kind, about_id, details, request_id, hash,
                sha256('made up') from audit_auditevent where sequence = 5"""
            ],
            "event 6 was changed after it was recorded",
        ),
        (
            [
                "update audit_auditevent set sequence = 9 where sequence = 5",
                "update audit_auditevent set sequence = sequence + 100 where sequence < 9",
                "update audit_auditevent set sequence = sequence - 99 where sequence > 100",
                "update audit_auditevent set sequence = 1 where sequence = 9",
            ],
            "event 1 does not follow from event 0",
        ),
        (["update audit_auditevent set previous_hash = sha256('x') where sequence = 1"], "does not follow"),
        (["update audit_auditevent set hash = sha256('x') where sequence = 5"], "was changed"),
        (["update audit_auditevent set hash = sha256('x') where sequence = 3"], "was changed"),
        (["delete from audit_audithead"], "its head says event no"),
        (["delete from audit_auditevent"], "the end was cut off"),
        (
            [
                "update audit_auditevent set sequence = 9 where sequence = 2",
                "update audit_auditevent set sequence = 2 where sequence = 4",
                "update audit_auditevent set sequence = 4 where sequence = 9",
            ],
            "event 2 does not follow from event 1",
        ),
        (
            [
                "update audit_auditevent e set actor_name = 'Nobody' where sequence = 3",
                """update audit_auditevent e
                set hash = sha256(previous_hash || convert_to(audit_text(e), 'UTF8')) where sequence = 3""",
            ],
            "event 4 does not follow from event 3",
        ),
    ],
    ids=[
        "removed",
        "the first removed",
        "the last removed",
        "added at the end",
        "the last put first",
        "the first tied to nothing",
        "the last one's hash",
        "a hash in the middle",
        "the head removed",
        "all removed",
        "moved",
        "rewritten with its hash",
    ],
)
def test_what_was_removed_moved_or_rewritten_is_found(five: None, statements: list[str], told: str) -> None:
    as_the_attacker(*statements)
    assert told in verify_chain().problems[0]


def test_only_declared_types_are_recorded_and_each_is_declared_once(anybody: Actor, seen: EventType) -> None:
    with pytest.raises(ValueError, match="not a declared type"):
        record(EventType("tests.other", "{actor}"), actor=anybody)
    with pytest.raises(ValueError, match="declared twice"):
        event_type("tests.seen", "{actor}")


def test_a_database_made_to_lie_about_the_text_of_an_event_is_found_out(five: None) -> None:
    as_the_attacker(
        """create or replace function audit_text(e audit_auditevent) returns text language sql stable as $$
          select concat_ws(E'\\x1f', e.sequence,
            to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.code,
            coalesce(e.actor_id::text, ''), 'Asha Patel', coalesce(e.organisation_id::text, ''),
            e.organisation_name, e.purpose, coalesce(e.person_id::text, ''), e.about_kind, e.about_id,
            e.details::text, e.request_id)
        $$""",
        "update audit_auditevent set actor_name = 'Nobody' where sequence = 3",
    )
    assert verify_chain().problems == ["event 3 was changed after it was recorded"]


def test_what_is_recorded_while_one_verifies_is_no_end_cut_off(
    five: None, seen: EventType, anybody: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, late = verification._rows, [1]

    def and_one_more(after: int) -> Iterator[tuple[int, str, bytes, bytes]]:
        yield from read(after)
        while late:
            late.pop()
            record(seen, actor=anybody, what="something else")

    monkeypatch.setattr(verification, "_rows", and_one_more)
    found = verify_chain()
    assert (found.events, found.problems) == (6, [])


def test_nobody_says_when_an_event_was_but_the_database(five: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into audit_auditevent (sequence, at, code, actor_name, organisation_name, purpose,
                about_kind, about_id, details, request_id, previous_hash, hash)
              values (0, '2001-01-01', 'tests.seen', 'Asha Patel', '', '', '', '', '{}', '', '', '')"""
        )
    before, forged = AuditEvent.objects.filter(sequence__gte=5).order_by("sequence")
    assert forged.at >= before.at
    assert verify_chain().problems == []


@pytest.mark.parametrize("number", [-9, 5], ids=["before the first", "the true number"])
def test_a_temporary_table_is_no_other_head_of_the_chain(
    five: None, seen: EventType, anybody: Actor, number: int
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("create temporary table audit_audithead (like public.audit_audithead) on commit drop")
        cursor.execute("insert into pg_temp.audit_audithead values (1, %s, sha256('x'))", [number])
        record(seen, actor=anybody, what="forged")
        record(seen, actor=anybody, what="and one more")
        cursor.execute("drop table pg_temp.audit_audithead")
    found = verify_chain()
    assert (found.events, found.problems) == (7, [])


def test_an_event_put_before_the_first_is_found(five: None) -> None:
    as_the_attacker(
        "alter table audit_auditevent drop constraint numbered_from_one",
        """insert into audit_auditevent select e.* from audit_auditevent o, jsonb_populate_record(o,
           '{"sequence": -8}') e where o.sequence = 1""",
    )
    assert verify_chain().problems == ["event -8 was added before the first"]


def test_no_function_with_its_owners_rights_looks_among_temporary_tables_first() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """select proname, coalesce(array_to_string(proconfig, ';'), '') from pg_proc
               where prosecdef and pronamespace = 'public'::regnamespace"""
        )
        found = dict(cursor.fetchall())
    assert "audit_chain" in found
    assert [name for name, set_to in found.items() if "search_path=public, pg_temp" not in set_to] == []

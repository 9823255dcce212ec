"""House rules of casework as checks: privacy of columns, sentences of events, rows in their places."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from tools import tree

from alongside.assurance.held import HELD
from alongside.casework.access.permissions import Permission
from alongside.casework.access.privacy import Privacy
from alongside.casework.access.roles import ROLES
from alongside.casework.audit.registry import EVENT_TYPES

OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.casework")]
SOURCES = {path: text for path, text in tree.python("src").items() if "/casework/" in path}
WRITES = ("save", "delete", "bulk_create", "get_or_create", "update_or_create")
ROWS_ARE_TOUCHED_IN = re.compile(
    r"/(models(/|\.py)|queries(/|\.py)|commands/|migrations/|audit/|operations/|kernel/rows\.py"
    r"|design/word_files\.py)"
)
"""Where rows are; what asks of rows of many tables in one query, for the queries of several rooms; and
what writes a Word document, whose ``save`` touches none."""


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_column_has_a_privacy_class_and_no_other_thing_has(model: type) -> None:
    columns = {field.name for field in model._meta.get_fields() if getattr(field, "column", None)}
    columns -= {field.name for field in model._meta.many_to_many}  # a table of its own, of two ids
    assert set(model.privacy) == columns
    assert all(isinstance(each, Privacy) for each in model.privacy.values())


def test_there_are_models_to_look_at() -> None:
    assert len(OURS) > 10


@pytest.mark.parametrize("kind", EVENT_TYPES.values(), ids=lambda kind: kind.code)
def test_every_event_type_has_a_sentence_a_time_and_a_shredder(kind: object) -> None:
    code, sentence = kind.code, kind.sentence  # type: ignore[attr-defined]
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", code)
    assert "{actor}" in sentence
    assert kind.kept_days > 0  # type: ignore[attr-defined]
    needed = set(re.findall(r"{(\w+)}", sentence)) - {"actor"}
    assert kind.shredder(dict.fromkeys(needed, "x")).keys() <= needed  # type: ignore[attr-defined]


def test_every_permission_is_somebodys_and_every_role_says_what_it_is_for() -> None:
    held = {permission for role in ROLES.values() for permission in role.permissions}
    assert held == set(Permission)
    assert all(len(role.description) > 80 for role in ROLES.values())


def locks_whole(source: str) -> Iterator[str]:
    """Where rows are locked so that nobody else may even refer to them until the end."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr == "select_for_update" and not any(
            each.arg == "no_key" and isinstance(each.value, ast.Constant) and each.value.value is True
            for each in node.keywords
        ):
            yield f"line {node.lineno}"


def test_who_locks_a_row_lets_others_refer_to_it() -> None:
    # what refers to a row is looked at as late as COMMIT, with the head of the audit chain in hand:
    # a lock of the whole row, whose holder then waits for that head, would be a deadlock
    assert {path: found for path, text in SOURCES.items() if (found := list(locks_whole(text)))} == {}


def test_a_lock_of_the_whole_row_is_found() -> None:
    assert list(locks_whole("rows.select_for_update(of=('self',)).get()")) == ["line 1"]
    assert list(locks_whole("rows.select_for_update(no_key=True).get()")) == []


def rows_touched(source: str) -> Iterator[str]:
    """Where a module reaches for rows: a manager, or writing one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_base_manager", "_default_manager"):
            yield f"line {node.lineno}: .{node.attr}"
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in WRITES:
            yield f"line {node.lineno}: .{called.attr}()"


def test_rows_are_touched_only_where_models_queries_and_commands_are() -> None:
    found = {
        path: touched
        for path, text in SOURCES.items()
        if not ROWS_ARE_TOUCHED_IN.search(path) and (touched := list(rows_touched(text)))
    }
    assert found == {}


def test_a_row_touched_elsewhere_would_be_noticed() -> None:
    assert list(rows_touched("def view(request):\n    Person.objects.get()\n    person.save()\n")) != []


def test_the_clock_is_not_read_where_things_are_decided() -> None:
    clocks = re.compile(r"timezone\.now|datetime\.now|date\.today|localdate\(\)")
    found = [
        path
        for path, text in SOURCES.items()
        if re.search(r"(?<!management)/(models|commands)/|/(rules|queries|permissions)\.py", path)
        and clocks.search(text)
    ]
    assert found == []


@pytest.mark.django_db
def test_the_tables_are_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_every_table_about_a_person_stands_behind_the_wall() -> None:
    """Whatever has a column that points at a person, and the person, has row-level security.

    It is forced on the owner too, but for what no other role sees a row of: that has no policy at all.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relrowsecurity and (relforcerowsecurity "
            "or not exists (select from pg_policy where polrelid = pg_class.oid))"
        )
        walled = {name for (name,) in cursor.fetchall()}
    person = apps.get_model("people", "Person")
    about = {
        model._meta.db_table
        for model in OURS
        for field in model._meta.get_fields()
        if getattr(field, "column", None) and getattr(field, "related_model", None) is person
    }
    assert {"people_person", "people_aboutme"} <= about | {person._meta.db_table}
    assert (about | {person._meta.db_table}) - walled == set()


def test_the_impact_assessment_names_every_table_with_something_about_a_person() -> None:
    """Add a line to ``assurance/held.py`` for a new table; about members and services alone there is none."""
    of_people = {Privacy.IDENTIFYING, Privacy.SENSITIVE}
    elsewhere = {"directory", "accounts"}
    about = {
        model._meta.label
        for model in OURS
        if model._meta.app_label not in elsewhere
        and (of_people & set(model.privacy.values()) or _points_at_a_person(model))
    }
    assert set(HELD) == about


def _points_at_a_person(model: type) -> bool:
    """Whether a row is about a person, straight or by way of the rows it belongs to."""
    seen, waiting = {model}, [model]
    while waiting:
        for field in waiting.pop()._meta.get_fields():
            other = getattr(field, "column", None) and getattr(field, "related_model", None)
            if other is apps.get_model("people", "Person"):
                return True
            if other and other in OURS and other not in seen:
                seen.add(other)
                waiting.append(other)
    return False

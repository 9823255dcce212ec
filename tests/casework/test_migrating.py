"""Tables that are made together are what Django would have made of them one by one."""

from typing import Any

import pytest
from django.db import connection, migrations, models, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from alongside.casework.kernel.migrating import TogetherMigration

pytestmark = pytest.mark.django_db


def operations() -> list[Operation]:
    name = ("name", models.CharField(max_length=20))
    return [
        migrations.CreateModel("Club", [("id", models.AutoField(primary_key=True)), name]),
        migrations.CreateModel("Member", [
            ("id", models.AutoField(primary_key=True)), name,
            ("club", models.ForeignKey("clubs.club", models.CASCADE)),
        ]),
        migrations.AddField("club", "chair", models.ForeignKey("clubs.member", models.SET_NULL, null=True)),
        migrations.AddIndex("member", models.Index(fields=["name"], name="by_name")),
        migrations.AddConstraint(
            "club", models.CheckConstraint(condition=~models.Q(name=""), name="has_a_name")
        ),
        migrations.RunSQL("insert into clubs_club (name) values ('Chess')"),
        migrations.AddField("club", "founded", models.IntegerField(default=1900)),
        migrations.AddField("member", "since", models.DateField(null=True)),
        migrations.AddConstraint(
            "member", models.UniqueConstraint(fields=["club", "since"], name="one_a_day")
        ),
        migrations.AlterField("member", "name", models.CharField(max_length=40)),
        migrations.CreateModel("Cup", [
            ("id", models.AutoField(primary_key=True)),
            ("won_by", models.ForeignKey("clubs.member", models.CASCADE)),
        ]),
    ]  # fmt: skip


ASKED = (
    (
        "select table_name, column_name, data_type, character_maximum_length, is_nullable, ordinal_position "
        "from information_schema.columns where table_name like 'clubs_%' order by 1, 6"
    ),
    (
        "select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint "
        "where conrelid::regclass::text like 'clubs_%' order by 1, 2"
    ),
    "select tablename, indexname, indexdef from pg_indexes where tablename like 'clubs_%' order by 1, 2",
    "select name, founded from clubs_club",
)


def left_by(kind: type[migrations.Migration]) -> tuple[ProjectState, list[Any]]:
    """What a migration of a kind leaves in the state and in the database, which then is as it was."""
    migration = kind("0001_clubs", "clubs")
    migration.operations = given = operations()
    state, found = ProjectState(), []
    state.apps  # noqa: B018 - as the command has it: what is made from here on is made anew each time
    with transaction.atomic():
        with connection.schema_editor() as editor:
            state = migration.apply(state, editor)
        with connection.cursor() as cursor:
            for each in ASKED:
                cursor.execute(each)
                found.append(cursor.fetchall())
        transaction.set_rollback(True)
    assert migration.operations is given
    return state, found


def test_they_are_the_same_tables_and_the_same_state() -> None:
    plain, plainly_made = left_by(migrations.Migration)
    together, made_together = left_by(TogetherMigration)
    assert made_together == plainly_made
    assert all(plainly_made)
    assert together.models == plain.models
    for (app, name), state in plain.models.items():
        fields = [each.name for each in together.apps.get_model(app, name)._meta.get_fields()]
        assert fields == [each.name for each in plain.apps.get_model(app, name)._meta.get_fields()], state


def test_what_would_be_run_can_be_read_as_before() -> None:
    for kind in (migrations.Migration, TogetherMigration):
        migration = kind("0001_clubs", "clubs")
        migration.operations = operations()[:5]
        with connection.schema_editor(collect_sql=True) as editor:
            migration.apply(ProjectState(), editor, collect_sql=True)
        assert sum("CREATE TABLE" in each for each in editor.collected_sql) == 2

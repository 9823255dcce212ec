"""Migrations that make many tables at once, so that a new database is there in seconds and not in a minute.

After each table, index or constraint Django makes every model anew that points to it or is pointed to, and
ours all are, by way of people and organisations: of a minute 43 seconds went into that, and two into SQL.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_TABLES = (migrations.CreateModel, migrations.AddField, migrations.AddIndex, migrations.AddConstraint)


class TogetherMigration(migrations.Migration):
    """A migration whose tables, and what it adds to them, are made together wherever they stand together.

    It says what Django's own says, and leaves the same tables. For one that makes several tables: write it
    as its base class in place of ``migrations.Migration``.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Apply it as Django does; see there."""
        for together in _standing_together(self.operations):
            if len(together) > 1 and not collect_sql:
                _make(self.app_label, together, project_state, schema_editor)
                continue
            alone = migrations.Migration(self.name, self.app_label)
            alone.operations = together  # type: ignore[misc]
            alone.atomic = self.atomic  # type: ignore[misc]
            project_state = alone.apply(project_state, schema_editor, collect_sql)
        return project_state


def _standing_together(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    """Return tables and what is added to them as one wherever they stand together, all else one by one."""
    for are_tables, several in groupby(operations, lambda each: isinstance(each, _TABLES)):
        if are_tables:
            yield list(several)
        else:
            yield from ([each] for each in several)


def _make(
    app: str, together: list[Operation], state: ProjectState, schema_editor: BaseDatabaseSchemaEditor
) -> None:
    """Make tables with all that is added to them: what they become in the end is known first."""
    before = state.clone()
    made = {(app, each.name_lower) for each in together if isinstance(each, migrations.CreateModel)}
    rendered: Any = state.__dict__.pop("apps", None)  # while it is away, nothing is made anew
    for each in together:
        each.state_forwards(app, state)
    if rendered is not None:
        state.__dict__["apps"] = rendered
        state.reload_models([*made, *((app, _table_of(each)) for each in together)], delay=False)
    for each in together:
        if isinstance(each, migrations.CreateModel) or (app, _table_of(each)) not in made:
            each.database_forwards(app, schema_editor, before, state)


def _table_of(operation: Operation) -> str:
    """Return which model an operation makes or adds to."""
    if isinstance(operation, migrations.CreateModel):
        return operation.name_lower
    return str(operation.model_name).lower()  # type: ignore[attr-defined]

"""Migrations that make many tables at once, so that a new database is ready in seconds, not a minute.

After each table, index or constraint, Django rebuilds every model that points to it or is pointed to, and
that is all of ours, by way of people and organisations: of a minute, 43 seconds went on that, and two on SQL.
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
    """A migration whose tables, and what it adds to them, are made together if they are next to each other.

    It says the same as Django's own, and leaves the same tables. Use it as the base class, in place of
    ``migrations.Migration``, for a migration that makes several tables.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Apply it as Django does; see Django's documentation."""
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
    """Return consecutive tables, and what is added to them, as one; everything else one by one."""
    for are_tables, several in groupby(operations, lambda each: isinstance(each, _TABLES)):
        if are_tables:
            yield list(several)
        else:
            yield from ([each] for each in several)


def _make(
    app: str, together: list[Operation], state: ProjectState, schema_editor: BaseDatabaseSchemaEditor
) -> None:
    """Make tables with everything that is added to them: their final form is worked out first."""
    before = state.clone()
    made = {(app, each.name_lower) for each in together if isinstance(each, migrations.CreateModel)}
    rendered: Any = state.__dict__.pop("apps", None)  # while it is missing, nothing is rebuilt
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

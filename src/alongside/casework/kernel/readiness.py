"""Whether the database has the tables that this version needs."""

from typing import Literal

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

Readiness = Literal["ready", "empty", "behind"]


def readiness() -> Readiness:
    """Say whether the database is up to date for this version, has no tables yet, or is behind."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:  # migrated by hand, and nothing granted to the role that asks
        connection.close()
        return "behind"
    if not executor.loader.applied_migrations:
        return "empty"
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "behind" if missing else "ready"

"""A person is found by the names on any record of theirs, and not by those on the record they are read by alone.

Who asks is told of records; who they are read by is for the asker to follow.
"""

from importlib import import_module
from typing import ClassVar

from django.db import migrations

BEFORE = import_module("alongside.casework.people.migrations.0004_names").ASK.replace(
    "create function", "create or replace function"
)
ANY_RECORD = BEFORE.replace(" and p.merged_into_id is null", "")


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0011_records_quickly")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(ANY_RECORD, BEFORE)]

"""A dispute goes with what it is about when two records are parted; nothing else of it changes by that."""

from importlib import import_module
from typing import ClassVar

from django.db import migrations

SQL = import_module("alongside.casework.rights.migrations.0006_words_go").WORDS_GO
BEFORE = SQL[SQL.index("create or replace function rights_dispute_kept") :]
GIVES_WAY = "  if tg_op = 'DELETE' and told_disposal() then return old; end if;\n"
GOES_ALONG = BEFORE.replace(
    GIVES_WAY,
    GIVES_WAY
    + "  if tg_op = 'UPDATE' and told_parting()\n"
    + "      and to_jsonb(new) - 'person_id' = to_jsonb(old) - 'person_id' then return new; end if;\n",
)


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("people", "0015_written_while_joined"),
        ("rights", "0008_hold_in_words"),
    ]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(GOES_ALONG, BEFORE)]

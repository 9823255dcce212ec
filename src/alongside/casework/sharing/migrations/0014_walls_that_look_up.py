"""What hangs on a request looks it up, and calls no function for each row (marm's migration 0011)."""

from typing import ClassVar

from django.db import migrations

from alongside.casework.people.walls import SYSTEM, another_wall, seen_with

# table, column, the parent that is behind its own wall, and the function that was called for each row
HANGS_ON = (
    ("sharing_requestitem", "request_id", "sharing_informationrequest", "told_request"),
    ("sharing_requestchaser", "request_id", "sharing_informationrequest", "told_request"),
)
PARENTS = {told: parent for _table, _column, parent, told in HANGS_ON}
LOOK_UP = "".join(
    another_wall(table, f"{SYSTEM} or {seen_with(table, column, parent)}")
    for table, column, parent, _told in HANGS_ON
) + "".join(f"drop function {told}(uuid);\n" for told in PARENTS)
CALL = "".join(
    f"create function {told}(asked uuid) returns boolean language plpgsql stable as $$\n"
    f"begin return exists (select from public.{parent} p where p.id = asked); end $$;\n"
    for told, parent in PARENTS.items()
) + "".join(another_wall(table, f"{SYSTEM} or {told}({column})") for table, column, _parent, told in HANGS_ON)


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sharing", "0013_guards")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(LOOK_UP, CALL)]

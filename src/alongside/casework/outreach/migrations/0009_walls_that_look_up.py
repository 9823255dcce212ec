"""What hangs on an item looks it up, and calls no function for each row (marm's migration 0011)."""

from typing import ClassVar

from django.db import migrations

from alongside.casework.people.walls import SYSTEM, another_wall, seen_with

# table, column, the parent that is behind its own wall, and the function that was called for each row
HANGS_ON = (
    ("outreach_judgement", "item_id", "outreach_workitem", "told_item"),
    ("outreach_attempt", "item_id", "outreach_workitem", "told_item"),
    ("outreach_note", "item_id", "outreach_workitem", "told_item"),
    ("outreach_handover", "item_id", "outreach_workitem", "told_item"),
    ("outreach_conversation", "item_id", "outreach_workitem", "told_item"),
    ("outreach_answer", "conversation_id", "outreach_conversation", "told_conversation"),
    ("outreach_outcome", "conversation_id", "outreach_conversation", "told_conversation"),
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

    dependencies: ClassVar[list[tuple[str, str]]] = [("outreach", "0008_rank_of_an_item")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(LOOK_UP, CALL)]

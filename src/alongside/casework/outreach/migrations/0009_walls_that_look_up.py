"""What hangs on an item looks it up, and calls no function for each row (marm's migration 0011)."""

from typing import ClassVar

from django.db import migrations

from alongside.casework.people.walls import looked_up

LOOK_UP, CALL = looked_up(
    ("outreach_judgement", "item_id", "outreach_workitem", "told_item"),
    ("outreach_attempt", "item_id", "outreach_workitem", "told_item"),
    ("outreach_note", "item_id", "outreach_workitem", "told_item"),
    ("outreach_handover", "item_id", "outreach_workitem", "told_item"),
    ("outreach_conversation", "item_id", "outreach_workitem", "told_item"),
    ("outreach_answer", "conversation_id", "outreach_conversation", "told_conversation"),
    ("outreach_outcome", "conversation_id", "outreach_conversation", "told_conversation"),
)


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("outreach", "0008_rank_of_an_item")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(LOOK_UP, CALL)]

"""Replies and second looks look up what they are about, and call no function for each row (marm's 0011)."""

from typing import ClassVar

from django.db import migrations

from alongside.casework.people.walls import looked_up

LOOK_UP, CALL = looked_up(
    ("offers_reply", "offer_id", "offers_offer", "told_offer"),
    ("offers_secondlook", "not_offered_id", "offers_notoffered", "told_not_offered"),
)


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("offers", "0002_walls")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(LOOK_UP, CALL)]

"""What hangs on a request looks it up, and calls no function for each row (marm's migration 0011)."""

from typing import ClassVar

from django.db import migrations

from alongside.casework.people.walls import looked_up

LOOK_UP, CALL = looked_up(
    ("sharing_requestitem", "request_id", "sharing_informationrequest", "told_request"),
    ("sharing_requestchaser", "request_id", "sharing_informationrequest", "told_request"),
)


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sharing", "0013_guards")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(LOOK_UP, CALL)]

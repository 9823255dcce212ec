"""An agency reads its own invitation to a cancelled meeting, also once it no longer sees the case.

It had said that it comes, and would stand at the door: it is told when, and nothing of the case or the person.
"""

from typing import ClassVar

from django.db import migrations, models

from alongside.casework.people.walls import ORGANISATION, SYSTEM, another_wall, seen_with

SEEN = f"{SYSTEM} or {seen_with('marm_invited', 'meeting_id', 'marm_meeting')}"
OWN = f"organisation_id = {ORGANISATION} and would_have_begun_at is not null"
STILL_TO_COME = """
select set_config('alongside.reach', '*', true);
update marm_invited i set would_have_begun_at = m.begins_at
from marm_meeting m
where m.id = i.meeting_id and m.cancelled_at is not null and m.begins_at > now() and i.organisation_id is not null;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("marm", "0016_nor_where_it_had_ended")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField("invited", "would_have_begun_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(STILL_TO_COME, migrations.RunSQL.noop),
        migrations.RunSQL(
            another_wall("marm_invited", f"{SEEN} or ({OWN})"), another_wall("marm_invited", SEEN)
        ),
    ]

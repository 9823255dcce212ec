"""An organisation for which it changed something that records were separated may read that they were.

It is kept when it happens: to find it out again on every visit to Today took a dozen questions.
"""

from typing import ClassVar

from django.db import migrations, models

from alongside.casework.people.walls import ORGANISATION, another_wall, of_person

SEEN = of_person("people_personmerge", "kept_id")
TOLD = f"{SEEN} or jsonb_exists(changed, {ORGANISATION}::text)"


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0017_goes_by")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField("personmerge", "changed", models.JSONField(db_default={}, default=dict)),
        migrations.RunSQL(another_wall("people_personmerge", TOLD), another_wall("people_personmerge", SEEN)),
    ]

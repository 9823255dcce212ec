"""Who was told that nobody looked in time at what was shared in an emergency."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import ORGANISATION, SYSTEM, wall

WALL = wall(
    "sharing_lookchased",
    "exists (select from sharing_sharedecision s where s.id = sharing_lookchased.decision_id "
    f"and ({SYSTEM} or s.organisation_id = {ORGANISATION}))",
)
ONCE = """
create trigger written_once before update or delete on sharing_lookchased
  for each row execute function sharing_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0011_cannot_say")]

    operations = [
        migrations.CreateModel(
            name="LookChased",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[("managers", "managers"), ("governance", "governance")], max_length=12
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looks_chased",
                        to="sharing.sharedecision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "step"), name="a_late_look_once")
                ],
            },
        ),
        migrations.RunSQL(WALL + ONCE, migrations.RunSQL.noop),
    ]

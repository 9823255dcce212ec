"""That somebody looked again at a decision about sharing, and why it stands."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import ORGANISATION, SYSTEM, wall

WALL = wall(
    "sharing_lookedagain",
    "exists (select from sharing_sharedecision s where s.id = sharing_lookedagain.decision_id "
    f"and ({SYSTEM} or s.organisation_id = {ORGANISATION}))",
)
ONCE = """
create trigger written_once before update or delete on sharing_lookedagain
  for each row execute function sharing_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0009_questions_held")]

    operations = [
        migrations.CreateModel(
            name="LookedAgain",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.TextField(max_length=4000)),
                ("again_on", models.DateField(null=True)),
                ("by_id", models.UUIDField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looked_again",
                        to="sharing.sharedecision",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="it_stands_because"
                    )
                ],
            },
        ),
        migrations.RunSQL(WALL + ONCE, migrations.RunSQL.noop),
    ]

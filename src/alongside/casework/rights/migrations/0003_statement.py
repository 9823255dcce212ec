"""That a person was given their statement: a wall round it, and nobody changes it."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import of_person, wall


TABLE = "rights_statementgiven"
ONLY_ADDED = f"""
create trigger only_added before update or delete on {TABLE}
  for each row execute function rights_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_bound_subject"),
        ("people", "0006_pen_and_emergencies"),
        ("rights", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatementGiven",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("together", "Read together"),
                            ("in_person", "Handed to them"),
                            ("post", "By post"),
                            ("email", "By e-mail that only they can open"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("screen", "On a screen"),
                            ("paper", "On paper"),
                            ("pdf", "As a PDF"),
                            ("easy_read", "As an Easy Read PDF"),
                        ],
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(max_length=60)),
                ("interpreter", models.CharField(blank=True, max_length=200)),
                ("explained_by", models.CharField(max_length=200)),
                ("said", models.TextField(blank=True, max_length=2000)),
                ("fingerprint", models.CharField(max_length=64)),
                ("by_id", models.UUIDField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements_given",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-on"], name="statements_given_to")],
            },
        ),
        migrations.RunSQL(wall(TABLE, of_person(TABLE)), migrations.RunSQL.noop),
        migrations.RunSQL(ONLY_ADDED, migrations.RunSQL.noop),
    ]

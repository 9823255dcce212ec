"""What reminds of an agreement that ends."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0006_advice_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementReminder",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("ends", models.DateField()),
                (
                    "step",
                    models.CharField(
                        choices=[("first", "first"), ("again", "again"), ("last_day", "last_day")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="sharing.agreement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "ends", "step"), name="a_reminder_once")
                ],
            },
        ),
    ]

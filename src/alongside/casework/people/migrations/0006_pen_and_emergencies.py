"""Who held the pen; whether the person was told of an emergency; and tries that found nobody."""

from uuid import uuid4

from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration

TOLD = [
    ("told", "Yes, they were told"),
    ("will_be", "Not yet: whoever works with them will tell them"),
    ("not_safe", "No: telling them would put somebody in danger"),
]
PEN = [("person", "The person"), ("staff", "Somebody at work, as the person said it")]


class Migration(TogetherMigration):
    dependencies = [("people", "0005_purposes_and_corrections")]
    operations = [
        migrations.AddField("aboutme", "pen", models.CharField(max_length=10, choices=PEN, default="staff")),
        migrations.AddField(
            "emergencyaccess",
            "person_told",
            models.CharField(max_length=10, choices=TOLD, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "EmergencyMiss",
            [
                ("id", models.UUIDField(primary_key=True, default=uuid4, editable=False, serialize=False)),
                ("user_id", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["user_id", "at"], name="misses_of_member")]},
        ),
    ]

"""Why an agency could not come before a meeting was moved stays when it is asked again."""

import alongside.casework.marm.rules.invitations
from django.db import migrations, models

WHY_NOT = alongside.casework.marm.rules.invitations.WhyNot


class Migration(migrations.Migration):
    dependencies = [("marm", "0012_engagement")]

    operations = [
        migrations.AddField(
            "invited",
            "before_why_not",
            models.CharField(
                blank=True, choices=[(each, each) for each in WHY_NOT], default="", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "invited",
            "before_words",
            models.TextField(blank=True, default="", max_length=10_000),
            preserve_default=False,
        ),
        migrations.AddField(
            "invited",
            "before_by",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]

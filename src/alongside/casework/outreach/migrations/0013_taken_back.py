"""A referral that nobody has answered can be taken back by whoever made it, with a reason."""

from typing import ClassVar

from django.db import migrations, models

UNANSWERED = ("asked", "taken_back")


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("outreach", "0012_parting")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AlterField(
            model_name="referral",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "asked"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("done", "done"),
                    ("taken_back", "taken_back"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="taken_back_by",
            field=models.CharField(blank=True, max_length=200, db_default=""),
        ),
        migrations.AddField(
            model_name="referral",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="taken_back_why",
            field=models.TextField(blank=True, max_length=2_000, db_default=""),
        ),
        migrations.RemoveConstraint(model_name="referral", name="referral_answered_when"),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("state__in", UNANSWERED)),
                    models.Q(
                        models.Q(("state__in", UNANSWERED), _negated=True),
                        ("answered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="referral_answered_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "taken_back"), _negated=True),
                    models.Q(
                        ("taken_back_at__isnull", False),
                        models.Q(("taken_back_by", ""), _negated=True),
                        models.Q(("taken_back_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="taken_back_with_reason",
            ),
        ),
    ]

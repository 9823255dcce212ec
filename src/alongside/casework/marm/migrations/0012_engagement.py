"""What was tried to be in touch: seen by whoever sees the case, kept as it was said."""

import alongside.casework.marm.rules.engagement
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import SYSTEM, seen_with, wall

WALL = wall("marm_engagementtry", f"{SYSTEM} or {seen_with('marm_engagementtry', 'case_id', 'marm_case')}")
KEPT = """
create trigger kept_as_said before update or delete on marm_engagementtry
  for each row execute function people_kept_as_said();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_co_ordinator"),
        ("marm", "0011_walls_that_look_up"),
    ]

    operations = [
        migrations.CreateModel(
            name="EngagementTry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("on", models.DateField()),
                (
                    "tried",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.engagement.Tried["VISIT"],
                                alongside.casework.marm.rules.engagement.Tried["VISIT"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.Tried["TELEPHONE"],
                                alongside.casework.marm.rules.engagement.Tried["TELEPHONE"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.Tried["MESSAGE"],
                                alongside.casework.marm.rules.engagement.Tried["MESSAGE"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.Tried["LETTER"],
                                alongside.casework.marm.rules.engagement.Tried["LETTER"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.Tried["WITH_SOMEBODY"],
                                alongside.casework.marm.rules.engagement.Tried["WITH_SOMEBODY"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.Tried["ELSEWHERE"],
                                alongside.casework.marm.rules.engagement.Tried["ELSEWHERE"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(max_length=5000)),
                (
                    "came",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.engagement.CameOfIt["SPOKE"],
                                alongside.casework.marm.rules.engagement.CameOfIt["SPOKE"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.CameOfIt["ANOTHER_TIME"],
                                alongside.casework.marm.rules.engagement.CameOfIt["ANOTHER_TIME"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.CameOfIt["DECLINED"],
                                alongside.casework.marm.rules.engagement.CameOfIt["DECLINED"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.CameOfIt["NO_ANSWER"],
                                alongside.casework.marm.rules.engagement.CameOfIt["NO_ANSWER"],
                            ),
                            (
                                alongside.casework.marm.rules.engagement.CameOfIt["NOT_SAFE"],
                                alongside.casework.marm.rules.engagement.CameOfIt["NOT_SAFE"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("worked", models.TextField(blank=True, max_length=2000)),
                ("noted_by", models.CharField(max_length=200)),
                ("noted_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="engagement", to="marm.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "-on", "-noted_at"], name="engagement_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="engagement_says_what"
                    )
                ],
            },
        ),
        migrations.RunSQL(WALL + KEPT, migrations.RunSQL.noop),
    ]

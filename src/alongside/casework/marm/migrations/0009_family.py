"""Who of a person's network a case is about as well: seen by whoever sees the case, kept as it was said."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import SYSTEM, wall

SEEN = f"{SYSTEM} or told_case(case_id)"
KEPT = """
create function marm_family_risk_kept() returns trigger language plpgsql as $$
declare
  ended constant text[] := '{ended_by,ended_at,ended_why}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.ended_at is not null
      or to_jsonb(new) - ended is distinct from to_jsonb(old) - ended then
    raise exception 'what is said of somebody is kept as it was said, and ends once'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update or delete on marm_familyrisk
  for each row execute function marm_family_risk_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_co_ordinator"),
        ("marm", "0008_waiting"),
        ("people", "0009_safe_to_know"),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyRisk",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200)),
                ("relationship", models.CharField(max_length=100)),
                ("from_them", models.TextField(blank=True, max_length=5000)),
                ("to_them", models.TextField(blank=True, max_length=5000)),
                ("says", models.TextField(max_length=2000)),
                ("noted_by", models.CharField(max_length=200)),
                ("noted_at", models.DateTimeField()),
                ("ended_by", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.TextField(blank=True, max_length=2000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="family_risks",
                        to="marm.case",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="family_risks",
                        to="people.contact",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("from_them", ""), _negated=True),
                                models.Q(("to_them", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(("says", ""), _negated=True),
                        ),
                        name="family_risk_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", ""), ("ended_why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_why", ""), _negated=True),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="family_risk_ends_with_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(wall("marm_familyrisk", SEEN) + KEPT, migrations.RunSQL.noop),
    ]

"""What drifts: seen by whoever has reach to the person, and kept as it was found."""

import alongside.casework.marm.rules.drift
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import of_person, wall


KEPT = """
create function marm_drift_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.gone_at is not null
      or to_jsonb(new) - 'gone_at' - 'person_id' is distinct from to_jsonb(old) - 'gone_at' - 'person_id' then
    raise exception 'what was found is kept as it was found' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_found before update or delete on marm_driftfound
  for each row execute function marm_drift_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("marm", "0004_decisions_and_actions"),
        ("people", "0009_safe_to_know"),
    ]

    operations = [
        migrations.CreateModel(
            name="DriftFound",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "drift",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.drift.Drift["MANY_AGENCIES"],
                                alongside.casework.marm.rules.drift.Drift["MANY_AGENCIES"],
                            ),
                            (
                                alongside.casework.marm.rules.drift.Drift["CONCERNS"],
                                alongside.casework.marm.rules.drift.Drift["CONCERNS"],
                            ),
                            (
                                alongside.casework.marm.rules.drift.Drift["NOT_ANSWERED"],
                                alongside.casework.marm.rules.drift.Drift["NOT_ANSWERED"],
                            ),
                            (
                                alongside.casework.marm.rules.drift.Drift["NO_LEAD"],
                                alongside.casework.marm.rules.drift.Drift["NO_LEAD"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("found_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drift", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gone_at", None)),
                        fields=("person", "drift"),
                        name="drift_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            wall("marm_driftfound", of_person("marm_driftfound")) + KEPT, migrations.RunSQL.noop
        ),
    ]

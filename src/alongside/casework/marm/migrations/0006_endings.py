"""How a case ended: seen by whoever sees the case, kept as it was said; the check-back is noted once."""

import alongside.casework.marm.rules.ending
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import SYSTEM, wall


KEPT = """
create function marm_ending_kept() returns trigger language plpgsql as $$
declare
  checked constant text[] := '{checked_on,checked_words,checked_by}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.checked_on is not null
      or to_jsonb(new) - checked is distinct from to_jsonb(old) - checked then
    raise exception 'how a case ended is kept as it was said' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update or delete on marm_ending
  for each row execute function marm_ending_kept();
-- a case ends by its ending alone, and one that has ended does not open again: another is asked for
create function marm_ends_with_its_ending() returns trigger language plpgsql as $$
begin
  if old.stage = 'ended' and new.stage <> 'ended' or new.stage = 'ended' and old.stage <> 'ended'
      and not exists (select from public.marm_ending e where e.case_id = new.id) then
    raise exception 'a case ends once, with how it ended' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ends_with_its_ending before update of stage on marm_case
  for each row execute function marm_ends_with_its_ending();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("marm", "0005_drift"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ending",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reason", models.CharField(max_length=60)),
                ("reason_title", models.CharField(max_length=200)),
                ("needs", models.JSONField(default=dict)),
                (
                    "met",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.ending.Met["FULLY"],
                                alongside.casework.marm.rules.ending.Met["FULLY"],
                            ),
                            (
                                alongside.casework.marm.rules.ending.Met["PARTLY"],
                                alongside.casework.marm.rules.ending.Met["PARTLY"],
                            ),
                            (
                                alongside.casework.marm.rules.ending.Met["NOT"],
                                alongside.casework.marm.rules.ending.Met["NOT"],
                            ),
                            (
                                alongside.casework.marm.rules.ending.Met["NOT_SAID"],
                                alongside.casework.marm.rules.ending.Met["NOT_SAID"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("own_view", models.TextField(blank=True, max_length=10000)),
                ("no_view_why", models.TextField(blank=True, max_length=2000)),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.ending.Risk["REMOVED"],
                                alongside.casework.marm.rules.ending.Risk["REMOVED"],
                            ),
                            (
                                alongside.casework.marm.rules.ending.Risk["REDUCED"],
                                alongside.casework.marm.rules.ending.Risk["REDUCED"],
                            ),
                            (
                                alongside.casework.marm.rules.ending.Risk["REMAINS"],
                                alongside.casework.marm.rules.ending.Risk["REMAINS"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("who_knows", models.TextField(blank=True, max_length=5000)),
                ("reopens", models.TextField(blank=True, max_length=5000)),
                ("who_notices", models.TextField(blank=True, max_length=5000)),
                ("check_back_on", models.DateField()),
                ("ended_by", models.CharField(max_length=200)),
                ("ended_by_id", models.UUIDField()),
                ("ended_at", models.DateTimeField()),
                ("checked_on", models.DateField(blank=True, null=True)),
                ("checked_words", models.TextField(blank=True, max_length=5000)),
                ("checked_by", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ending", to="marm.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("own_view", ""), _negated=True),
                            models.Q(("no_view_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ending_own_view_or_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("risk", alongside.casework.marm.rules.ending.Risk["REMOVED"]),
                            models.Q(
                                models.Q(("who_knows", ""), _negated=True),
                                models.Q(("reopens", ""), _negated=True),
                                models.Q(("who_notices", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ending_says_what_remains",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_on", None), ("checked_words", "")),
                            models.Q(
                                ("checked_on__isnull", False), models.Q(("checked_words", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="ending_checked_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            wall("marm_ending", f"{SYSTEM} or told_case(case_id)") + KEPT, migrations.RunSQL.noop
        ),
    ]

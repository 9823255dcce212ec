"""Notices to whoever was told something that was put right since: seen by whom they are for."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import ORGANISATION, SYSTEM, wall

WALL = wall("sharing_recipienttold", f"{SYSTEM} or organisation_id = {ORGANISATION}")
ONCE = """
create function sharing_notice_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  ends constant text[] := '{confirmed_by,confirmed_at}';
begin
  if tg_op = 'DELETE' and told_system() then return old; end if;
  if tg_op = 'DELETE' or old.confirmed_at is not null
      or to_jsonb(new) - ends is distinct from to_jsonb(old) - ends then
    raise exception 'what a recipient was told is kept as it was' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_told before update or delete on sharing_recipienttold
  for each row execute function sharing_notice_kept();

create function sharing_notice_to_whom() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  reach text := coalesce(current_setting('alongside.reach', true), '');
  told boolean;
begin
  perform set_config('alongside.reach', '*', true);
  told := exists (
    select from sharing_disclosure d where d.id = new.disclosure_id and d.organisation_id = new.organisation_id
  );
  perform set_config('alongside.reach', reach, true);
  if not told then
    raise exception 'only whoever was told something is told that it was wrong'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger to_whom_was_told before insert on sharing_recipienttold
  for each row execute function sharing_notice_to_whom();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_bound_subject"),
        ("sharing", "0004_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecipientTold",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("because_of", models.UUIDField()),
                ("words", models.TextField(max_length=5000)),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("confirmed_by", models.CharField(blank=True, max_length=200)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="sharing.disclosure",
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
                    models.UniqueConstraint(fields=("disclosure", "because_of"), name="recipient_told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", "")),
                            models.Q(
                                ("confirmed_at__isnull", False), models.Q(("confirmed_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="recipient_confirmed_by_whom",
                    ),
                ],
            },
        ),
        migrations.RunSQL(WALL + ONCE, migrations.RunSQL.noop),
    ]

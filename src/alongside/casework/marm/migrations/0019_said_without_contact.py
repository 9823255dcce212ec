"""What a case says stays when the contact or capacity record it names is erased with another person.

When records are separated, a contact may go to one person while a case that names it stays with the other. A
disposal may then empty these columns, and changes nothing else of what was said.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

KEPT = """
create or replace function marm_family_risk_kept() returns trigger language plpgsql as $$
declare
  ended constant text[] := '{ended_by,ended_at,ended_why}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'UPDATE' and told_disposal() and new.contact_id is null
      and to_jsonb(new) - 'contact_id' = to_jsonb(old) - 'contact_id' then
    return new;
  end if;
  if tg_op = 'DELETE' or old.ended_at is not null
      or to_jsonb(new) - ended is distinct from to_jsonb(old) - ended then
    raise exception 'what is said of somebody is kept as it was said, and ends once'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create function marm_case_decision_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'UPDATE' and told_disposal() and new.capacity_record_id is null
      and to_jsonb(new) - 'capacity_record_id' = to_jsonb(old) - 'capacity_record_id' then
    return new;
  end if;
  raise exception 'what was said or recorded is kept as it was; add to it instead'
    using errcode = 'insufficient_privilege';
end $$;
drop trigger kept_as_said on marm_casedecision;
create trigger kept_as_said before update or delete on marm_casedecision
  for each row execute function marm_case_decision_kept();
"""
AS_BEFORE = """
create or replace function marm_family_risk_kept() returns trigger language plpgsql as $$
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
drop trigger kept_as_said on marm_casedecision;
create trigger kept_as_said before update or delete on marm_casedecision
  for each row execute function people_kept_as_said();
drop function marm_case_decision_kept();
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("marm", "0018_parting")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AlterField(
            model_name="familyrisk",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="family_risks",
                to="people.contact",
            ),
        ),
        migrations.RunSQL(KEPT, AS_BEFORE),
    ]

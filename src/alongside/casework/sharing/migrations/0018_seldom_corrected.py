"""Few decisions are ever corrected, and of those that are not it is known at the first look."""

from typing import ClassVar

from django.db import migrations

IS_CORRECTED = """
create or replace function sharing_is_corrected(decision uuid) returns boolean language plpgsql stable
set search_path = public, pg_temp as $$
begin
  if not exists (select from sharing_sharedecision s where s.corrects_id = decision) then
    return false;
  end if;
  return exists (
    with recursive later as (
      select s.id from sharing_sharedecision s where s.corrects_id = decision
      union
      select s.id from later join sharing_sharedecision s on s.corrects_id = later.id
    )
    select from later where not exists (
      select from sharing_refusaloverride o join sharing_secondlook l on l.decision_id = o.decision_id
      where o.decision_id = later.id and not o.emergency and l.answer = 'not_agreed'
    )
  );
end $$;
"""


class Migration(migrations.Migration):
    """See the module. What it replaces gives the same answers, so nothing is put back."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sharing", "0017_no_way_by_what_was_wrong")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(IS_CORRECTED, migrations.RunSQL.noop),
    ]

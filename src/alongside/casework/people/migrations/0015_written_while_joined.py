"""What was written while two records were joined may go, when they are parted, to the record it is about.

Own words and entries of the chronology still never change: only whose they are may, and only to a record that
was once absorbed and is no longer, by a part of the system that says in its transaction that it parts them.
"""

from typing import ClassVar

from django.db import migrations

PARTING = """
create function told_parting() returns boolean language sql stable as
  $$ select told_system() and coalesce(current_setting('alongside.parting', true), '') = 'on' $$;

create function people_kept_but_for_whom() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  if told_parting() and to_jsonb(new) - 'person_id' = to_jsonb(old) - 'person_id' and exists (
    select from people_personmerge m where m.absorbed_id = new.person_id and m.undone_at is not null
  ) then return new; end if;
  raise exception 'what was said or recorded is kept as it was; add to it instead'
    using errcode = 'insufficient_privilege';
end $$;

drop trigger kept_as_said on people_aboutme;
drop trigger kept_as_said on people_chronologyentry;
create trigger kept_as_said before update on people_aboutme
  for each row execute function people_kept_but_for_whom();
create trigger kept_as_said before update on people_chronologyentry
  for each row execute function people_kept_but_for_whom();
"""
UNDO = """
drop trigger kept_as_said on people_aboutme;
drop trigger kept_as_said on people_chronologyentry;
create trigger kept_as_said before update on people_aboutme
  for each row execute function people_kept_as_said();
create trigger kept_as_said before update on people_chronologyentry
  for each row execute function people_kept_as_said();
drop function people_kept_but_for_whom, told_parting;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0014_worries_of_others")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(PARTING, UNDO)]

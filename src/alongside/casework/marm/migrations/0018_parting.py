"""Concerns, and what came of them, may go to the record they are about when two are parted; nothing else changes.

As what is written about a person may (people's migration 0015): by a part of the system that says so in its
transaction, and only to a record that was once absorbed and is no longer.
"""

from typing import ClassVar

from django.db import migrations

TABLES = ("marm_concern", "marm_screening")
PARTING = """
create or replace function marm_onward_kept() returns trigger language plpgsql as $$
declare
  came constant text[] := '{came,came_on,came_words,came_noted_by}';
begin
  if told_parting() and to_jsonb(new) - 'person_id' = to_jsonb(old) - 'person_id' and exists (
    select from people_personmerge m where m.absorbed_id = new.person_id and m.undone_at is not null
  ) then return new; end if;
  if old.came not in ('', 'taken_on') or to_jsonb(new) - came is distinct from to_jsonb(old) - came then
    raise exception 'what was sent on is kept as it was sent, and what came as it was said'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""
AS_BEFORE = """
create or replace function marm_onward_kept() returns trigger language plpgsql as $$
declare
  came constant text[] := '{came,came_on,came_words,came_noted_by}';
begin
  if old.came not in ('', 'taken_on') or to_jsonb(new) - came is distinct from to_jsonb(old) - came then
    raise exception 'what was sent on is kept as it was sent, and what came as it was said'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""


# a disposal deletes rows, and people_kept_as_said knows it: who may be told of a row is another matter
KEPT = "".join(
    f"""
drop trigger kept_as_said on {table};
create trigger kept_as_said before update on {table}
  for each row execute function people_kept_but_for_whom();
create trigger kept_from_deleting before delete on {table}
  for each row execute function people_kept_as_said();
"""
    for table in TABLES
)
KEPT_BEFORE = "".join(
    f"""
drop trigger kept_as_said on {table};
drop trigger kept_from_deleting on {table};
create trigger kept_as_said before update or delete on {table}
  for each row execute function people_kept_as_said();
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("marm", "0017_called_off"),
        ("people", "0015_written_while_joined"),
    ]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(PARTING + KEPT, AS_BEFORE + KEPT_BEFORE),
    ]

"""A referral goes to the record it is about when two are parted: it was made, and nobody new is told by that."""

from typing import ClassVar

from django.db import migrations

FUNCTION = """
create or replace function outreach_not_against_their_wish() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  if {unless}sharing_stands_in_the_way(
    new.person_id, new.from_organisation_id, new.to_organisation_id, new.purpose, new.made_at
  ) then
    raise exception 'the person asked that this organisation is not told: a decision about sharing comes first'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("outreach", "0011_a_later_flag"),
        ("people", "0015_written_while_joined"),
    ]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(FUNCTION.format(unless="not told_parting() and "), FUNCTION.format(unless="")),
    ]

"""A release lets nobody be seen by an organisation they asked us not to tell, whatever the command forgets.

Until now the database let the system's own reaches through. ADR 0022 leaves out people who object to being found;
it says nothing of those who asked that one organisation is not told, so the release now leaves those out itself.
"""

from typing import ClassVar

from django.db import migrations

# Almost nobody of a long list ever said anything: whether somebody did is asked before what follows from it, and first
# of those with one record, by an index. Where a choice is written down while a release is under way, the release ends
# here, nobody is given, and it is tried again.
REACHES = """
create or replace function sharing_reach_not_against_their_wish() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  reach text := coalesce(current_setting('alongside.reach', true), '');
  records uuid[];
  free boolean;
begin
  if reach = '*' and not exists (select from sharing_sharingchoice c where c.person_id = new.person_id)
    and not exists (select from people_person p where p.merged_into_id = new.person_id)
    and not exists (select from people_person p where p.id = new.person_id and p.merged_into_id is not null)
  then return new;
  end if;
  perform set_config('alongside.reach', '*', true);
  records := array(select people_records_of(new.person_id));
  free := not exists (select from sharing_sharingchoice c where c.person_id = any (records))
    or not sharing_stands_in_the_way(new.person_id, null, new.organisation_id, new.purpose, new.since)
    or new.why = 'involved' and exists (
      select from people_reach r where r.organisation_id = new.organisation_id and r.until is null
        and r.id <> new.id and r.person_id = any (records)
    );
  perform set_config('alongside.reach', reach, true);
  if free then
    return new;
  elsif new.why = 'merged' then
    return null;
  end if;
  raise exception 'the person asked that this organisation is not told: it does not come to see them'
    using errcode = 'insufficient_privilege';
end $$;
drop trigger not_against_their_wish on people_reach;
create trigger not_against_their_wish
  before insert or update of person_id, organisation_id, why, until on people_reach
  for each row when (new.until is null) execute function sharing_reach_not_against_their_wish();
"""
# the function stays as it is above: it answers alike
AS_BEFORE = """
drop trigger not_against_their_wish on people_reach;
create trigger not_against_their_wish
  before insert or update of person_id, organisation_id, why, until on people_reach
  for each row when (new.until is null and not (new.why = 'released' and told_system()))
  execute function sharing_reach_not_against_their_wish();
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sharing", "0014_walls_that_look_up")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(REACHES, AS_BEFORE)]

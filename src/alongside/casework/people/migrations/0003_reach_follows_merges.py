"""Whoever may see one record of a person may see all of them, for as long as the records are joined.

Worked out by the database whenever a reach begins or ends, so that no command can forget it; and by
``models.reach.Reach.share`` when records are joined or parted.
"""

from typing import ClassVar

from django.db import migrations

SHARE = """
create function people_records_of(one uuid) returns setof uuid language sql stable as $$
  with recursive up as (
    select id, merged_into_id from people_person where id = one
    union select p.id, p.merged_into_id from people_person p join up on p.id = up.merged_into_id
  ), down as (
    select id from up where merged_into_id is null
    union select p.id from people_person p join down on p.merged_into_id = down.id
  )
  select id from down
$$;

-- each sees all rows, and gives the actor's own reach back; an error that ends it ends the setting as well
create function people_share_reach(one uuid, at timestamptz) returns void language plpgsql as $$
declare
  before text := coalesce(current_setting('alongside.reach', true), '');
  records uuid[];
  own uuid[];
begin
  perform set_config('alongside.reach', '*', true);
  records := array(select people_records_of(one));
  own := array(
    select distinct organisation_id from people_reach
    where person_id = any (records) and until is null and why <> 'merged'
  );
  update people_reach set until = at
  where person_id = any (records) and until is null and why = 'merged'
    and (cardinality(records) = 1 or organisation_id <> all (own));
  insert into people_reach (id, person_id, organisation_id, why, purpose, since)
  select gen_random_uuid(), record, organisation, 'merged', '', at
  from unnest(records) record cross join unnest(own) organisation
  where cardinality(records) > 1 and not exists (
    select from people_reach r
    where r.person_id = record and r.organisation_id = organisation and r.until is null
  );
  perform set_config('alongside.reach', before, true);
end $$;

create function people_reach_follows_merges() returns trigger language plpgsql as $$
declare
  before text := coalesce(current_setting('alongside.reach', true), '');
  joined boolean;
begin
  perform set_config('alongside.reach', '*', true);
  joined := exists (
    select from people_person
    where (id = new.person_id and merged_into_id is not null) or merged_into_id = new.person_id
  );
  if joined then
    perform people_share_reach(new.person_id, coalesce(new.until, new.since));
  end if;
  perform set_config('alongside.reach', before, true);
  return null;
end $$;

-- asked when an actor is made, before any reach: all records of whoever somebody has open in an emergency
create function people_open_in_emergency(account uuid, organisation uuid, at timestamptz) returns uuid[]
language plpgsql as $$
declare
  before text := coalesce(current_setting('alongside.reach', true), '');
  opened uuid[];
  records uuid[] := '{}';
begin
  perform set_config('alongside.reach', '*', true);
  opened := array(
    select e.person_id from people_emergencyaccess e
    where e.user_id = account and e.organisation_id = organisation and e.opened_at <= at and e.ends_at > at
  );
  -- almost always nobody, on every page, and planning how to follow merges takes longer than all the rest
  if opened <> '{}' then
    records := array(select distinct people_records_of(one) from unnest(opened) one);
  end if;
  perform set_config('alongside.reach', before, true);
  return records;
end $$;

create trigger follows_merges after insert or update of until on people_reach
  for each row when (new.why <> 'merged') execute function people_reach_follows_merges();
"""
UNDO = """
drop trigger follows_merges on people_reach;
drop function people_open_in_emergency, people_reach_follows_merges, people_share_reach, people_records_of;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0002_walls")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(SHARE, UNDO)]

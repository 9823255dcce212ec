"""A decision on a ground that was corrected no longer sets aside what the person asked (``queries.telling``)."""

from typing import ClassVar

from django.db import migrations

STANDS_IN_THE_WAY = """
-- by whoever tells it; of no teller: whether nobody may, since no organisation decided on a ground
create or replace function sharing_stands_in_the_way(whom uuid, teller uuid, hearer uuid, what_for text, moment timestamptz)
returns boolean language plpgsql set search_path = public, pg_temp as $$
declare
  reach text := coalesce(current_setting('alongside.reach', true), '');
  day date := (moment at time zone 'Europe/London')::date;
  records uuid[];
  since date;
  recorded timestamptz;
  stands boolean;
begin
  perform set_config('alongside.reach', '*', true);
  records := array(select people_records_of(whom) union select whom);
  select no.on_day, no.at_time into since, recorded
  from sharing_last_no(records, hearer, array['known', 'contact'], what_for, day) no;
  stands := since is not null and not exists (
    select from sharing_disclosure d
    join sharing_sharedecision s on s.id = d.decision_id and s.person_id = any (records)
    join sharing_refusaloverride o on o.decision_id = s.id
    left join sharing_secondlook l on l.decision_id = s.id
    where (teller is null or d.from_organisation_id = teller) and d.organisation_id = hearer
      and (l.answer = 'agreed' or (l.answer is null and o.emergency and o.look_by >= day))
      and not sharing_is_corrected(s.id)
      and ((d.at at time zone 'Europe/London')::date, d.at) >= (since, recorded)
  );
  perform set_config('alongside.reach', reach, true);
  return stands;
end $$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sharing", "0016_is_corrected")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(STANDS_IN_THE_WAY, migrations.RunSQL.noop),
    ]

"""Whether the database itself sees that a person's choice stands in the way of telling an organisation."""

from django.db import migrations

# The rule of sharing.rules.choices.wish_about for what a question or a referral tells (known, contact), and of
# sharing.queries.telling: until a decision on a ground told that organisation. A test compares the two on choices
# made up by the thousand. All choices count, also of records beyond the reach of whoever tells.
STANDS_IN_THE_WAY = """
create function sharing_stands_in_the_way(whom uuid, teller uuid, hearer uuid, what_for text, moment timestamptz)
returns boolean language plpgsql as $$
declare
  reach text := coalesce(current_setting('alongside.reach', true), '');
  day date := (moment at time zone 'Europe/London')::date;
  records uuid[];
  since date;
  stands boolean;
begin
  perform set_config('alongside.reach', '*', true);
  records := array(select people_records_of(whom) union select whom);
  select max(coalesce(newest.withdrawn_on, newest.said_on)) into since
  from unnest(array['known', 'contact']) told_of,
    lateral (
      select c.answer, c.said_on, c.withdrawn_on from sharing_sharingchoice c
      where c.person_id = any (records) and c.said_on <= day and c.topic in ('everything', told_of)
        and (c.recipient_id is null or c.recipient_id = hearer)
        and (c.answer = 'refuses' or c.purpose in ('', what_for))
        and not (c.answer = 'refuses' and coalesce(c.withdrawn_on <= day, false))
      order by c.said_on desc, c.recorded_at desc limit 1
    ) newest
  where newest.answer = 'refuses' or newest.withdrawn_on <= day;
  stands := since is not null and not exists (
    select from sharing_disclosure d
    join sharing_sharedecision s on s.id = d.decision_id and s.person_id = any (records)
    join sharing_refusaloverride o on o.decision_id = s.id
    where d.from_organisation_id = teller and d.organisation_id = hearer
      and (d.at at time zone 'Europe/London')::date >= since
  );
  perform set_config('alongside.reach', reach, true);
  return stands;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_pen_and_emergencies"),
        ("sharing", "0007_agreement_reminders"),
    ]
    operations = [migrations.RunSQL(STANDS_IN_THE_WAY, "drop function sharing_stands_in_the_way")]

"""Whether the database itself sees that a person's choice stands in the way of telling an organisation."""

from django.db import migrations

# The rule of sharing.rules.choices.wish_about for what a question or a referral tells (known, contact), and of
# sharing.queries.telling: until a decision on a ground, to which a second person agreed or can still agree, told
# that organisation. A test compares the two on choices made up by the thousand. All choices count, also of records
# beyond the reach of whoever tells. What a decision tells is asked by its topics, and by no decision before it.
STANDS_IN_THE_WAY = """
-- the last no to any of some topics, towards an organisation and for a purpose; all rows must be in sight
create function sharing_last_no(
  records uuid[], hearer uuid, topics text[], what_for text, day date, out on_day date, out at_time timestamptz
) language sql stable set search_path = public, pg_temp as $$
  select newest.on_day, newest.at_time
  from unnest(topics) told_of,
    lateral (
      select c.answer = 'refuses' or back as no,
        case when back then c.withdrawn_on else c.said_on end as on_day,
        case when back then coalesce(c.withdrawn_recorded_at, c.recorded_at) else c.recorded_at end as at_time
      from sharing_sharingchoice c, lateral (select coalesce(c.withdrawn_on <= day, false) as back) taken
      where c.person_id = any (records) and c.said_on <= day
        and (c.topic in ('everything', told_of) or (c.answer = 'refuses' and told_of = 'everything'))
        and (c.recipient_id is null or c.recipient_id = hearer)
        and (c.answer = 'refuses' or c.purpose in ('', what_for))
        and not (c.answer = 'refuses' and back)
        and not (c.answer = 'agrees' and c.expires_on < day and not back)
      order by on_day desc, at_time desc limit 1
    ) newest
  where newest.no
  order by newest.on_day desc, newest.at_time desc limit 1
$$;

-- by whoever tells it; of no teller: whether nobody may, since no organisation decided on a ground
create function sharing_stands_in_the_way(whom uuid, teller uuid, hearer uuid, what_for text, moment timestamptz)
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
      and ((d.at at time zone 'Europe/London')::date, d.at) >= (since, recorded)
  );
  perform set_config('alongside.reach', reach, true);
  return stands;
end $$;

-- whether what a decision means to tell an organisation is something the person asked it is not told
create function sharing_refused_to(decision uuid, hearer uuid, moment timestamptz)
returns boolean language plpgsql set search_path = public, pg_temp as $$
declare
  reach text := coalesce(current_setting('alongside.reach', true), '');
  refused boolean;
begin
  perform set_config('alongside.reach', '*', true);
  select no.on_day is not null into refused
  from sharing_sharedecision s, sharing_last_no(
    array(select people_records_of(s.person_id)), hearer,
    array(select i.topic::text from sharing_shareditem i where i.decision_id = s.id) || 'known'::text,
    s.purpose, (moment at time zone 'Europe/London')::date
  ) no
  where s.id = decision;
  perform set_config('alongside.reach', reach, true);
  return coalesce(refused, false);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_pen_and_emergencies"),
        ("sharing", "0007_agreement_reminders"),
    ]
    operations = [
        migrations.RunSQL(
            STANDS_IN_THE_WAY,
            "drop function sharing_refused_to, sharing_stands_in_the_way, sharing_last_no",
        )
    ]

"""An override says what its ground asks for; and nobody comes to see or read what a person asked they do not."""

from django.db import migrations, models

# An entry for all is one that each organisation which sees the record reads (ADR 0021). A correction goes where
# its entry went, and nowhere else: whoever read what was wrong is told what is right (UK GDPR Article 19).
ENTRIES = """
create function sharing_entry_not_against_their_wish() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  reach text := coalesce(current_setting('alongside.reach', true), '');
  purpose text := coalesce(current_setting('alongside.purpose', true), '');
  records uuid[];
  stands boolean;
begin
  perform set_config('alongside.reach', '*', true);
  records := array(select people_records_of(new.person_id));
  if new.corrects_id is not null then
    stands := not exists (
      select from people_chronologyentry e where e.id = new.corrects_id and e.person_id = any (records)
        and e.organisation_id = new.organisation_id and e.readers = 'everybody'
    );
  else
    stands := exists (
      select from (
        select distinct r.organisation_id from people_reach r
        where r.person_id = any (records) and r.until is null and r.organisation_id <> new.organisation_id
      ) reader
      where sharing_stands_in_the_way(
        new.person_id, new.organisation_id, reader.organisation_id, purpose, new.recorded_at
      )
    );
  end if;
  perform set_config('alongside.reach', reach, true);
  if stands then
    raise exception 'the person asked that an organisation which would read this is not told'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger not_against_their_wish before insert on people_chronologyentry
  for each row when (new.readers = 'everybody') execute function sharing_entry_not_against_their_wish();
"""
# What joining records would add is left out and the rest goes on: the command says so before (people.commands.
# identity). A release is by the system, and has its own rule of whom it passes over (ADR 0022). Whoever sees one
# of the records already comes to see nobody by noting that they are in touch.
REACHES = """
create function sharing_reach_not_against_their_wish() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  reach text := coalesce(current_setting('alongside.reach', true), '');
  free boolean;
begin
  perform set_config('alongside.reach', '*', true);
  free := not sharing_stands_in_the_way(
      new.person_id, null, new.organisation_id, new.purpose, new.since
    ) or new.why = 'involved' and exists (
      select from people_reach r where r.organisation_id = new.organisation_id and r.until is null
        and r.id <> new.id and r.person_id in (select people_records_of(new.person_id))
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
create trigger not_against_their_wish
  before insert or update of person_id, organisation_id, why, until on people_reach
  for each row when (new.until is null and not (new.why = 'released' and told_system()))
  execute function sharing_reach_not_against_their_wish();
"""
UNDO = """
drop trigger not_against_their_wish on people_chronologyentry;
drop trigger not_against_their_wish on people_reach;
drop function sharing_entry_not_against_their_wish, sharing_reach_not_against_their_wish;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_who_reads_an_entry"),
        ("sharing", "0012_late_looks"),
    ]
    operations = [
        migrations.RunSQL(ENTRIES + REACHES, UNDO),
        migrations.AddConstraint(
            model_name="refusaloverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first__regex", "\\S"),
                    ("refusal__regex", "\\S"),
                    ("second__regex", "\\S"),
                    ("alternatives__regex", "\\S"),
                    ("harm__regex", "\\S"),
                    models.Q(
                        models.Q(("ground", "lacks_capacity_best_interests"), _negated=True),
                        models.Q(("best_interests__isnull", False), ("capacity_record__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("emergency", False),
                        models.Q(("emergency_why__regex", "\\S"), ("look_by__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="says_what_its_ground_asks",
            ),
        ),
    ]

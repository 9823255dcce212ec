"""No question goes where the person asked that it does not: not whether they are known, nor for information."""

from django.db import migrations

# the last wall behind people.queries.telling, as for referrals (outreach 0004)
HELD = """
create function sharing_question_not_against_their_wish() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if sharing_stands_in_the_way(
    new.person_id, new.asked_by_id, new.asked_of_id, new.purpose, new.asked_at
  ) then
    raise exception 'the person asked that this organisation is not told: a decision about sharing comes first'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger not_against_their_wish before insert or update of person_id, asked_of_id, who on people_knownto
  for each row execute function sharing_question_not_against_their_wish();
create trigger not_against_their_wish before insert on sharing_informationrequest
  for each row execute function sharing_question_not_against_their_wish();
"""
UNDO = """
drop trigger not_against_their_wish on people_knownto;
drop trigger not_against_their_wish on sharing_informationrequest;
drop function sharing_question_not_against_their_wish;
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0008_stands_in_the_way")]
    operations = [migrations.RunSQL(HELD, UNDO)]

"""No referral goes where the person asked that it does not, but after a decision about sharing on a ground."""

from django.db import migrations, models

# the last wall: the command says so first, in words that lead to the decision (people.queries.telling)
NOT_AGAINST_THEIR_WISH = """
create function outreach_not_against_their_wish() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  if sharing_stands_in_the_way(
    new.person_id, new.from_organisation_id, new.to_organisation_id, new.purpose, new.made_at
  ) then
    raise exception 'the person asked that this organisation is not told: a decision about sharing comes first'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger not_against_their_wish
  before insert or update of person_id, to_organisation_id, why on outreach_referral
  for each row execute function outreach_not_against_their_wish();
"""
UNDO = """
drop trigger not_against_their_wish on outreach_referral;
drop function outreach_not_against_their_wish;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0003_services_told"),
        ("sharing", "0008_stands_in_the_way"),
    ]
    operations = [
        migrations.AddField(
            model_name="referral",
            name="purpose",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.RunSQL(NOT_AGAINST_THEIR_WISH, UNDO),
    ]

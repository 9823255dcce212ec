"""Row-level security on all that is about a person, and words nobody changes.

A row is seen where the actor's organisation has a reach to its person that has not ended, where the actor
opened the person in an emergency, or by a named part of the system. Who tells the database no reach
(``operations.running.tell_database``) sees nobody: raw SQL on the application's connection included.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

GUARDED = {
    "people_person": "id",
    "people_aboutme": "person_id",
    "people_contact": "person_id",
    "people_involvement": "person_id",
    "people_chronologyentry": "person_id",
    "people_emergencyaccess": "person_id",
}
# what a command or query told the database of its actor, for the one transaction; nothing told is nobody's
TOLD = """
create function told_reach() returns text language sql stable as
  $$ select nullif(current_setting('alongside.reach', true), '') $$;
create function told_system() returns boolean language sql stable as $$ select coalesce(told_reach(), '') = '*' $$;
create function told_organisation() returns uuid language sql stable as
  $$ select case when coalesce(told_reach(), '') = '*' then null else told_reach()::uuid end $$;
create function told_emergency() returns uuid[] language sql stable as
  $$ select coalesce(nullif(current_setting('alongside.emergency', true), ''), '{}')::uuid[] $$;

-- the one rule of who sees a person. In plpgsql, so that the planner sees a call: of a subquery it makes, where it
-- expects many rows, a list of everybody's reach first, which costs a quarter of a second for fifty thousand people.
-- Tables by their whole names: a temporary table of the same name must not stand in for them
create function told_reaches(person uuid) returns boolean language plpgsql stable as $$
begin
  if told_system() then return true; end if;
  return person = any (told_emergency()) or exists (
    select from public.people_reach r
    where r.person_id = person and r.organisation_id = told_organisation() and r.until is null
  );
end $$;
"""


def _wall(table: str, seen: str) -> str:
    return f"""
    alter table {table} enable row level security;
    alter table {table} force row level security;
    create policy within_reach on {table} using ({seen}) with check (true);
    """


WALLS = (
    "".join(_wall(table, f"told_reaches({person})") for table, person in GUARDED.items())
    + _wall(
        "people_reach",
        "told_system() or organisation_id = told_organisation() or person_id = any (told_emergency())",
    )
    + _wall(
        "people_knownto",
        "told_system() or asked_by_id = told_organisation() or asked_of_id = told_organisation() "
        "or told_reaches(person_id)",
    )
    + _wall("people_personmerge", "told_reaches(kept_id)")
)

KEPT_AS_SAID = """
create function people_kept_as_said() returns trigger language plpgsql as $$
begin
  raise exception 'what was said or recorded is kept as it was; add to it instead'
    using errcode = 'insufficient_privilege';
end $$;
create trigger kept_as_said before update on people_aboutme
  for each row execute function people_kept_as_said();
create trigger kept_as_said before update on people_chronologyentry
  for each row execute function people_kept_as_said();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        TrigramExtension(),
        migrations.RunSQL(TOLD + WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT_AS_SAID, migrations.RunSQL.noop),
    ]

"""Row-level security on all that is about a person, and words nobody changes.

A row is seen where the actor's organisation has a reach to its person that has not ended, where the actor
opened the person in an emergency, or by a named part of the system. Who tells the database no reach
(``operations.running.tell_database``) sees nobody: raw SQL on the application's connection included.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from alongside.casework.people.walls import IN_EMERGENCY, ORGANISATION, SYSTEM, of_person, wall

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
"""


WALLS = (
    "".join(wall(table, of_person(table, person)) for table, person in GUARDED.items())
    + wall("people_reach", f"{SYSTEM} or organisation_id = {ORGANISATION} or person_id = {IN_EMERGENCY}")
    + wall(
        "people_knownto",
        f"asked_by_id = {ORGANISATION} or asked_of_id = {ORGANISATION} or {of_person('people_knownto')}",
    )
    + wall("people_personmerge", of_person("people_personmerge", "kept_id"))
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

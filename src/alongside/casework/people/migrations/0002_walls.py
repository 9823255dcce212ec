"""Row-level security on all that is about a person, words nobody changes, and search that forgives spelling.

A row is seen where the actor's organisation has a reach to its person that has not ended, where the actor
opened the person in an emergency, or by a named part of the system. Who tells the database no reach
(``operations.running.tell_database``) sees nobody: raw SQL on the application's connection included.
"""

from django.contrib.postgres.indexes import GinIndex
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
_REACH = "nullif(current_setting('alongside.reach', true), '')"
_SYSTEM = f"coalesce({_REACH}, '') = '*'"
_OWN = f"(case when {_SYSTEM} then null else {_REACH}::uuid end)"
_EMERGENCY = "coalesce(nullif(current_setting('alongside.emergency', true), ''), '{}')::uuid[]"


def _wall(table: str, person: str) -> str:
    # a subquery, not a function of the row: it is worked out once for a statement, not once for every row
    return f"""
    alter table {table} enable row level security;
    alter table {table} force row level security;
    create policy within_reach on {table} using (
      {_SYSTEM}
      or {person} in (select r.person_id from people_reach r where r.organisation_id = {_OWN} and r.until is null)
      or {person} = any ({_EMERGENCY})
    ) with check (true);
    """


WALLS = (
    "".join(_wall(table, person) for table, person in GUARDED.items())
    + f"""
    alter table people_reach enable row level security;
    alter table people_reach force row level security;
    create policy own_or_of_people_seen on people_reach using (
      {_SYSTEM} or organisation_id = {_OWN} or person_id = any ({_EMERGENCY})
    ) with check (true);

    alter table people_knownto enable row level security;
    alter table people_knownto force row level security;
    create policy asker_or_asked on people_knownto using (
      {_SYSTEM} or asked_by_id = {_OWN} or asked_of_id = {_OWN}
      or person_id in (select r.person_id from people_reach r where r.organisation_id = {_OWN} and r.until is null)
    ) with check (true);

    alter table people_personmerge enable row level security;
    alter table people_personmerge force row level security;
    create policy within_reach on people_personmerge using (
      {_SYSTEM}
      or kept_id in (select r.person_id from people_reach r where r.organisation_id = {_OWN} and r.until is null)
    ) with check (true);
    """
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
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(name="person_search", fields=["search_text"], opclasses=["gin_trgm_ops"]),
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT_AS_SAID, migrations.RunSQL.noop),
    ]

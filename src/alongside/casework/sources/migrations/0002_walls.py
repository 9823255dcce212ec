"""Row-level security on flags: they are the agency's they were given to, and of people it may see."""

from django.db import migrations

_REACH = "nullif(current_setting('alongside.reach', true), '')"
_SYSTEM = f"coalesce({_REACH}, '') = '*'"
_OWN = f"(case when {_SYSTEM} then null else {_REACH}::uuid end)"
_EMERGENCY = "coalesce(nullif(current_setting('alongside.emergency', true), ''), '{}')::uuid[]"
WALLS = f"""
alter table sources_flag enable row level security;
alter table sources_flag force row level security;
create policy within_reach on sources_flag using (
  {_SYSTEM}
  or (organisation_id = {_OWN} and person_id in (
    select r.person_id from people_reach r where r.organisation_id = {_OWN} and r.until is null))
  or person_id = any ({_EMERGENCY})
) with check (true);
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial"), ("people", "0002_walls")]
    operations = [migrations.RunSQL(WALLS, migrations.RunSQL.noop)]

"""Row-level security on flags: they are the agency's they were given to, and of people it may see."""

from django.db import migrations

WALLS = """
alter table sources_flag enable row level security;
alter table sources_flag force row level security;
create policy within_reach on sources_flag using (
  person_id = any (told_emergency()) or told_system()
  or (organisation_id = told_organisation() and told_reaches(person_id))
) with check (true);
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial"), ("people", "0002_walls")]
    operations = [migrations.RunSQL(WALLS, migrations.RunSQL.noop)]

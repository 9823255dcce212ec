"""Row-level security on flags: they are the agency's they were given to, and of people it may see."""

from django.db import migrations

from alongside.casework.people.walls import of_organisation_and_person, wall


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial"), ("people", "0002_walls")]
    operations = [
        migrations.RunSQL(
            wall("sources_flag", of_organisation_and_person("sources_flag")), migrations.RunSQL.noop
        )
    ]

"""Who objected and is held no longer: seen by the system alone, and never changed."""

from django.db import migrations, models

from alongside.casework.people.walls import SYSTEM, wall

NEVER_CHANGED = """
create trigger only_added before update on rights_leftout for each row execute function rights_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0006_words_go")]
    operations = [
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("since", models.DateField()),
            ],
        ),
        migrations.RunSQL(wall("rights_leftout", SYSTEM) + NEVER_CHANGED, migrations.RunSQL.noop),
    ]

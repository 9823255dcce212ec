"""An entry of the chronology is read by every organisation that sees the record, or by the one that wrote it."""

from django.db import migrations, models

from alongside.casework.people.walls import IN_EMERGENCY, ORGANISATION, SYSTEM, reaches, wall

TABLE = "people_chronologyentry"
# in an emergency all of it is read: what one agency kept to itself may be what saves a life
READ_BY = (
    f"{SYSTEM} or person_id = {IN_EMERGENCY} or ({reaches(TABLE, 'person_id')} "
    f"and (readers = 'everybody' or organisation_id = {ORGANISATION}))"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0006_pen_and_emergencies")]
    operations = [
        migrations.AddField(
            model_name="chronologyentry",
            name="readers",
            field=models.CharField(
                choices=[
                    ("everybody", "Every organisation that sees this record"),
                    ("own", "My organisation alone"),
                ],
                default="everybody",
                max_length=10,
            ),
        ),
        migrations.RunSQL(
            f"drop policy within_reach on {TABLE};" + wall(TABLE, READ_BY), migrations.RunSQL.noop
        ),
    ]

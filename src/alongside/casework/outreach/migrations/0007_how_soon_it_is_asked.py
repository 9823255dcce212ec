"""How soon whoever refers says that somebody should look; what was referred before was for this week."""

from django.db import migrations, models

from alongside.casework.outreach.rules import Priority


class Migration(migrations.Migration):
    dependencies = [("outreach", "0006_hand_overs_lapse")]
    operations = [
        migrations.AddField(
            model_name="referral",
            name="priority",
            field=models.PositiveSmallIntegerField(
                choices=[(each, each.name) for each in Priority], db_default=Priority.THIS_WEEK.value
            ),
        ),
    ]

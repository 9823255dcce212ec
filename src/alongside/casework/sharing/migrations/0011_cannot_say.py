"""A refusal that tells nothing, for where the person asked that whoever asks is told nothing."""

from django.db import migrations, models

REFUSALS = ("incompatible", "harmful", "not_held", "not_lawful", "other", "cannot_say")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0010_looked_again")]
    operations = [
        migrations.AlterField(
            model_name="informationrequest",
            name="refusal",
            field=models.CharField(blank=True, choices=[(each, each) for each in REFUSALS], max_length=12),
        ),
    ]

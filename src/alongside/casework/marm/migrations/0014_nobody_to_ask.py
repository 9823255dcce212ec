"""Nobody asks how somebody is who had died when their case ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marm", "0013_asked_again")]

    operations = [
        migrations.AlterField("ending", "check_back_on", models.DateField(blank=True, null=True)),
    ]

"""Whether it is safe that the person knows of a concern."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marm", "0014_nobody_to_ask")]
    operations = [
        migrations.AddField(
            model_name="concern",
            name="why_not_safe",
            field=models.TextField(blank=True, default="", max_length=2000),
            preserve_default=False,
        ),
    ]

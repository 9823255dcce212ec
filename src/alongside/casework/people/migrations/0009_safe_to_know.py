"""Whether it is safe that the person knows of a question about them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_reach_by_case")]
    operations = [
        migrations.AddField(
            model_name="knownto",
            name="why_not_safe",
            field=models.TextField(blank=True, default="", max_length=2000),
            preserve_default=False,
        ),
    ]

"""Whether it is safe that the person knows of a referral."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outreach", "0004_against_their_wish")]
    operations = [
        migrations.AddField(
            model_name="referral",
            name="why_not_safe",
            field=models.TextField(blank=True, default="", max_length=2000),
            preserve_default=False,
        ),
    ]

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A member added by mistake can be taken out on the same day: their membership was never in force."""

    dependencies = [
        ("accounts", "0007_co_ordinator"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_ends_later"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=Q(active_to=None) | Q(active_to__gte=F("active_from")),
                name="membership_ends_later",
            ),
        ),
    ]

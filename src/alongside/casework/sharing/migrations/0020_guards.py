"""An override says what its ground asks for, whoever writes it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0009_questions_held")]
    operations = [
        migrations.AddConstraint(
            model_name="refusaloverride",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first__regex", "\\S"),
                    ("refusal__regex", "\\S"),
                    ("second__regex", "\\S"),
                    ("alternatives__regex", "\\S"),
                    ("harm__regex", "\\S"),
                    models.Q(
                        models.Q(("ground", "lacks_capacity_best_interests"), _negated=True),
                        models.Q(("best_interests__isnull", False), ("capacity_record__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("emergency", False),
                        models.Q(("emergency_why__regex", "\\S"), ("look_by__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="says_what_its_ground_asks",
            ),
        ),
    ]

"""An event about a person has a purpose, whoever writes it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0002_its_own_clock")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(person_id=None) | ~models.Q(purpose=""),
                name="about_a_person_for_a_purpose",
            ),
        ),
    ]

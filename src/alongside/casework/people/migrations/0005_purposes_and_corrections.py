"""What an emergency was opened for; and that a correction says of which entry it is, and why."""

from typing import ClassVar

from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration
from django.db.models import Q


class Migration(TogetherMigration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0004_names")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="emergencyaccess",
            name="purpose",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="chronologyentry",
            name="corrected_why",
            field=models.TextField(blank=True, default="", max_length=1_000),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="chronologyentry",
            constraint=models.CheckConstraint(
                condition=(Q(kind="correction", corrects__isnull=False) & ~Q(corrected_why=""))
                | (~Q(kind="correction") & Q(corrects=None, corrected_why="")),
                name="a_correction_of_what_and_why",
            ),
        ),
    ]

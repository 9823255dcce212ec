"""What a later release says of somebody on a list stands beside what the earlier one said."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("outreach", "0010_danger_that_was_said"),
        ("sources", "0001_initial"),
    ]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="workitem",
            name="later_flag",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sources.flag",
            ),
        ),
    ]

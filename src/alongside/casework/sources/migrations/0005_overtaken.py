"""A flag whose place on a list a later one took puts nobody on a list again."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sources", "0004_answers_taken_back")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="flag",
            name="overtaken_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]

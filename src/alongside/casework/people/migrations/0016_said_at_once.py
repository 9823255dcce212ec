"""What was said in one conversation is recorded at once, and keeps the order in which it was asked."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0015_written_while_joined")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField("aboutme", "place", models.PositiveSmallIntegerField(default=0))
    ]

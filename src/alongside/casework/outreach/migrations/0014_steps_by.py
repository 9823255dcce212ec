"""Who wrote down what the person will do next, before the conversation ended, and when."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("outreach", "0013_taken_back")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="conversation",
            name="steps_by",
            field=models.CharField(blank=True, max_length=200, db_default=""),
        ),
        migrations.AddField(
            model_name="conversation",
            name="steps_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]

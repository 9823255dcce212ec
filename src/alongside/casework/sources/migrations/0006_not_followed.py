"""An answer that the newest run could not follow is shown with why, so that a clerk answers anew."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sources", "0005_overtaken")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="doubtfullink",
            name="not_followed",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
    ]

"""What a conversation keeps before it ends, and the services told in it."""

from typing import ClassVar

from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration


class Migration(TogetherMigration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("outreach", "0002_walls")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField("conversation", "ending", models.JSONField(blank=True, default=dict)),
        migrations.AddField("outcome", "service_address", models.TextField(blank=True, max_length=1000)),
        migrations.AddField("outcome", "service_hours", models.TextField(blank=True, max_length=2000)),
    ]

"""The trail is read by kind of event and by day too; a day is found by the time, and a page by the number."""

from typing import ClassVar

from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration


class Migration(TogetherMigration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0003_for_a_purpose")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["code", "sequence"], name="audit_event_code"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["at"], name="audit_event_at"),
        ),
    ]

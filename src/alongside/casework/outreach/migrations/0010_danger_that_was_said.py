"""That somebody was said to be in danger stays written down, although the danger may pass."""

from typing import ClassVar

from django.db import migrations, models

AS_FAR_AS_IT_IS_KNOWN = """
select set_config('alongside.reach', '*', true);
update outreach_conversation set danger_said_at = danger_asked_at where danger;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("outreach", "0009_walls_that_look_up")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="conversation",
            name="danger_said_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(AS_FAR_AS_IT_IS_KNOWN, migrations.RunSQL.noop),
    ]

"""The place on a list stands with the item: a long list is put in order without reading every flag."""

from typing import ClassVar

from django.db import migrations, models

AS_THE_FLAGS_HAVE_IT = """
select set_config('alongside.reach', '*', true);
update outreach_workitem i set rank = f.rank from sources_flag f where f.id = i.flag_id;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("outreach", "0007_how_soon_it_is_asked")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="workitem", name="rank", field=models.PositiveIntegerField(blank=True, null=True)
        ),
        migrations.RunSQL(AS_THE_FLAGS_HAVE_IT, migrations.RunSQL.noop),
    ]

"""Own words do not say what others were worried about: that was one organisation's to read.

What somebody answered stays word for word; only how they came to say it no longer repeats the worry.
"""

from typing import ClassVar

from django.db import migrations

NOT_REPEATED = """
select set_config('alongside.reach', '*', true);
alter table people_aboutme disable trigger kept_as_said;
update people_aboutme
set how = regexp_replace(how, 'asked: Others are worried about this: .*$',
  'asked how they see something that others are worried about')
where how like '%asked: Others are worried about this: %';
alter table people_aboutme enable trigger kept_as_said;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0013_whether_somebody_died")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(NOT_REPEATED, migrations.RunSQL.noop)
    ]

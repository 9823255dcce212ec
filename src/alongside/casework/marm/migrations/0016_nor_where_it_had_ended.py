"""Nobody asks how somebody is who had died when their case ended, also where it ended before 0014.

The day was worked out and not said by anybody: no word of how a case ended changes. What somebody who asked
all the same wrote down stays, with its day.
"""

from typing import ClassVar

from django.db import migrations

NOBODY_ASKS = """
select set_config('alongside.reach', '*', true);
alter table marm_ending disable trigger kept_as_said;
update marm_ending set check_back_on = null where reason = 'died' and checked_on is null;
alter table marm_ending enable trigger kept_as_said;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("marm", "0015_worries_safe_to_know")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(NOBODY_ASKS, migrations.RunSQL.noop)
    ]

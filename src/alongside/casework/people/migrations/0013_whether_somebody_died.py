"""Whether a person died, as any of their records may say.

As a condition on people, the planner made a join of it and read everybody's record to find out of two.
"""

from typing import ClassVar

from django.db import migrations

HAS_DIED = """
create function people_has_died(one uuid) returns boolean language plpgsql stable as $$
begin
  return exists (
    select from people_person p where p.id = any (array(select people_records_of(one))) and p.died_on is not null
  );
end $$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0012_found_by_any_record")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(HAS_DIED, "drop function people_has_died")
    ]

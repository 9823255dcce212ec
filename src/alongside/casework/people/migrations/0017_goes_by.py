"""What somebody's main record calls them, asked only of those whose records were joined.

As a part of each question of the page of the day, it made PostgreSQL prepare to look for everybody's main record.
"""

from typing import ClassVar

from django.db import migrations

GOES_BY = """
create function people_goes_by(one uuid) returns varchar language plpgsql stable
set search_path = public, pg_temp as $$
begin
  return (
    select p.known_as from people_person p
    where p.id = any (array(select people_records_of(one))) and p.merged_into_id is null
  );
end $$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0016_said_at_once")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(GOES_BY, "drop function people_goes_by(uuid)"),
    ]

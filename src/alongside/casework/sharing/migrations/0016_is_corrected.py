"""Whether a decision is corrected is asked of the database, which follows refused corrections however many there are.

Composed into each question, a chain of six made pages that list decisions three times as slow.
"""

from typing import ClassVar

from django.db import migrations

# One that a second person refused told nobody what is right, so it corrects nothing; one that corrects that one does.
IS_CORRECTED = """
create function sharing_is_corrected(decision uuid) returns boolean language plpgsql stable
set search_path = public, pg_temp as $$
begin
  return exists (
    with recursive later as (
      select s.id from sharing_sharedecision s where s.corrects_id = decision
      union
      select s.id from later join sharing_sharedecision s on s.corrects_id = later.id
    )
    select from later where not exists (
      select from sharing_refusaloverride o join sharing_secondlook l on l.decision_id = o.decision_id
      where o.decision_id = later.id and not o.emergency and l.answer = 'not_agreed'
    )
  );
end $$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sharing", "0015_releases_too")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(IS_CORRECTED, "drop function sharing_is_corrected(uuid)"),
    ]

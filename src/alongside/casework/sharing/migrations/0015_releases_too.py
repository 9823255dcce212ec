"""A release lets nobody be seen by an organisation they asked us not to tell, whatever the command forgets.

Until now the database let the system's own reaches through. ADR 0022 leaves out people who object to being found;
it says nothing of those who asked that one organisation is not told, so the release now leaves those out itself.
"""

from typing import ClassVar

from django.db import migrations

REACHES = """
drop trigger not_against_their_wish on people_reach;
create trigger not_against_their_wish
  before insert or update of person_id, organisation_id, why, until on people_reach
  for each row when (new.until is null) execute function sharing_reach_not_against_their_wish();
"""
AS_BEFORE = """
drop trigger not_against_their_wish on people_reach;
create trigger not_against_their_wish
  before insert or update of person_id, organisation_id, why, until on people_reach
  for each row when (new.until is null and not (new.why = 'released' and told_system()))
  execute function sharing_reach_not_against_their_wish();
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sharing", "0014_walls_that_look_up")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [migrations.RunSQL(REACHES, AS_BEFORE)]

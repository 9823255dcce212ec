"""Row-level security on all of capacity, and records that nobody changes or deletes.

Whoever's organisation has a reach to the person sees what was found and decided: every agency must go by it. Of
a right to an advocate where it stands may move; what was asked and answered may not.
"""

from typing import ClassVar

from django.db import migrations

from alongside.casework.people.walls import of_person, wall

KEPT = (
    "capacityrecord", "capacityview", "advicenote", "bestinterests", "advancestatement", "advancewithdrawal",
    "advocatestep",
)  # fmt: skip
WALLS = "".join(wall(f"capacity_{table}", of_person(f"capacity_{table}")) for table in (*KEPT, "advocate"))
NEVER_CHANGED = "".join(
    f"""
    create trigger never_changed before update or delete on capacity_{table}
      for each row execute function people_kept_as_said();
    """
    for table in KEPT
)
ONLY_MOVES = """
create trigger never_deleted before delete on capacity_advocate
  for each row execute function people_kept_as_said();
create trigger only_moves before update on capacity_advocate
  for each row when (
    (to_jsonb(new) - 'state' - 'version') is distinct from (to_jsonb(old) - 'state' - 'version')
  ) execute function people_kept_as_said();
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("capacity", "0001_records"), ("people", "0002_walls")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(WALLS + NEVER_CHANGED + ONLY_MOVES, migrations.RunSQL.noop)
    ]

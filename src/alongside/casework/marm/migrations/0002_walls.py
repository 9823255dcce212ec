"""Row-level security on the approach, and rows that nobody changes.

A concern, and what was asked because of one, is its organisation's alone: that there is one is told to whoever
works with the person, what it says is not. A case is seen by the organisations that take part in it, and what
hangs on a case by whoever sees the case.
"""

from typing import ClassVar

from django.db import migrations

from alongside.casework.people.walls import (
    IN_EMERGENCY,
    ORGANISATION,
    SYSTEM,
    of_organisation_and_person,
    reaches,
    wall,
)

SEEN_WHERE = {
    "marm_concern": of_organisation_and_person("marm_concern"),
    "marm_screening": of_organisation_and_person("marm_screening"),
    "marm_onward": f"{of_organisation_and_person('marm_onward')} or told_case(case_id)",
    "marm_case": f"{SYSTEM} or ({ORGANISATION} = any (taking_part) and {reaches('marm_case', 'person_id')}) "
    f"or person_id = {IN_EMERGENCY}",
    "marm_criterionanswer": f"{SYSTEM} or told_case(case_id)",
    "marm_caseagency": f"{SYSTEM} or told_case(case_id)",
    "marm_lead": f"{SYSTEM} or told_case(case_id)",
}
WALLS = "".join(wall(table, seen) for table, seen in SEEN_WHERE.items())
# whether a case is there for whoever asks: it is itself behind the wall (as in outreach's migration 0002)
TOLD = """
create function told_case(asked uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.marm_case c where c.id = asked); end $$;
"""
KEPT_AS_SAID = "".join(
    f"""
create trigger kept_as_said before update or delete on {table}
  for each row execute function people_kept_as_said();
"""
    for table in ("marm_concern", "marm_screening", "marm_criterionanswer")
)
# what was asked for stays as it was said; what came of it is written once
ASKED_ONCE = """
create function marm_case_kept() returns trigger language plpgsql as $$
declare
  stands constant text[] :=
    '{stage,taking_part,settled_by,settled_by_id,settled_at,settled_why,advice,route,person_id}';
begin
  if to_jsonb(new) - stands is distinct from to_jsonb(old) - stands then
    raise exception 'what was asked for is kept as it was said; add to it instead'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update on marm_case for each row execute function marm_case_kept();
create function marm_onward_kept() returns trigger language plpgsql as $$
declare
  came constant text[] := '{came,came_on,came_words,came_noted_by}';
begin
  if old.came not in ('', 'taken_on') or to_jsonb(new) - came is distinct from to_jsonb(old) - came then
    raise exception 'what was sent on is kept as it was sent, and what came as it was said'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update on marm_onward for each row execute function marm_onward_kept();
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("marm", "0001_concerns_and_cases"),
        ("people", "0002_walls"),
    ]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(TOLD + WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT_AS_SAID + ASKED_ONCE, migrations.RunSQL.noop),
    ]

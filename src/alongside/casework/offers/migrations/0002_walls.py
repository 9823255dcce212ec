"""Row-level security on all of offers; rows nobody changes; and a refused assessment that never stands alone.

An offer, and what was not offered, is seen by every organisation with reach to the person; a reply by whoever
sees its offer, a second look by whoever sees what it is about.
"""

from typing import ClassVar

from django.db import migrations

from alongside.casework.people.walls import SYSTEM, of_person, wall

SEEN_WHERE = {
    "offers_offer": of_person("offers_offer"),
    "offers_notoffered": of_person("offers_notoffered"),
    "offers_reply": f"{SYSTEM} or told_offer(offer_id)",
    "offers_secondlook": f"{SYSTEM} or told_not_offered(not_offered_id)",
}
WALLS = "".join(wall(table, seen) for table, seen in SEEN_WHERE.items())
# whether a row is there for whoever asks: it is itself behind the wall (as in outreach's migration 0002)
TOLD = """
create function told_offer(offer uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.offers_offer o where o.id = offer); end $$;
create function told_not_offered(noted uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.offers_notoffered n where n.id = noted); end $$;
"""
KEPT = """
create function offers_kept_as_told() returns trigger language plpgsql as $$
begin
  raise exception 'what was offered and what was said to it is kept as it was; add to it instead'
    using errcode = 'insufficient_privilege';
end $$;
""" + "".join(
    f"""
create trigger kept_as_told before update or delete on {table}
  for each row execute function offers_kept_as_told();
"""
    for table in SEEN_WHERE
)
# Care Act 2014, section 11(2). The kind of help stands with the offer, so that no constraint of one row can say it
NEVER_ALONE = """
create function offers_never_refused_alone() returns trigger language plpgsql as $$
declare
  kind_of_offer text;
  told integer := (new.lacks_capacity <> '')::int + (new.at_risk <> '')::int + (new.decided_by <> '')::int
    + (new.decided_on is not null)::int + (new.revisit_on is not null)::int;
begin
  select o.kind into kind_of_offer from public.offers_offer o where o.id = new.offer_id;
  if kind_of_offer is null then
    raise exception 'a reply is to an offer that whoever writes it can see' using errcode = 'check_violation';
  end if;
  if told <> (case when kind_of_offer = 'needs_assessment' and new.answer = 'declined' then 5 else 0 end) then
    raise exception 'a needs assessment that is declined, and nothing else, says what section 11(2) asks'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger never_refused_alone before insert on offers_reply
  for each row execute function offers_never_refused_alone();
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("offers", "0001_offers"), ("people", "0002_walls")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(TOLD + WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT + NEVER_ALONE, migrations.RunSQL.noop),
    ]

"""Row-level security on all of rights, and rows that nobody changes.

That a person asked is seen by every organisation that may see the person. What is withheld, which often is
about somebody else, is seen by no organisation: who answers the request reads it as the system does.
"""

from django.db import migrations

from alongside.casework.people.walls import SYSTEM, of_person, wall

TOLD = """
create function told_access_request(request uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.rights_accessrequest r where r.id = request); end $$;
"""
SEEN_WHERE = {
    "rights_accessrequest": of_person("rights_accessrequest"),
    "rights_clarification": f"{SYSTEM} or told_access_request(request_id)",
    "rights_withheld": SYSTEM,
    "rights_look": SYSTEM,
    "rights_given": SYSTEM,
}
WALLS = "".join(wall(table, seen) for table, seen in SEEN_WHERE.items())
ONLY_ADDED = """
create function rights_only_added() returns trigger language plpgsql as $$
begin
  raise exception 'what was given, looked at or withheld is only ever added'
    using errcode = 'insufficient_privilege';
end $$;
create trigger only_added before update or delete on rights_given
  for each row execute function rights_only_added();
create trigger only_added before update or delete on rights_look
  for each row execute function rights_only_added();
create trigger never_deleted before delete on rights_withheld
  for each row execute function rights_only_added();
create trigger only_taken_back before update on rights_withheld
  for each row when (
    old.undone_at is not null
    or (old.id, old.request_id, old.line, old.words, old.ground, old.why, old.professional, old.opinion_on,
        old.named, old.by, old.by_name, old.at)
    is distinct from (new.id, new.request_id, new.line, new.words, new.ground, new.why, new.professional,
        new.opinion_on, new.named, new.by, new.by_name, new.at)
  ) execute function rights_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_access"),
        ("people", "0006_pen_and_emergencies"),
    ]
    operations = [
        migrations.RunSQL(TOLD + WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(ONLY_ADDED, migrations.RunSQL.noop),
    ]

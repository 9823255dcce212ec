"""Row-level security on all of outreach, and answers that nobody changes.

An item is its organisation's, of people it may see; what hangs on an item is seen by whoever sees the item; a
referral is seen by the two organisations it is between, before either shows the other its record.
"""

from django.db import migrations

from alongside.casework.people.walls import ORGANISATION, SYSTEM, of_organisation_and_person, wall

SEEN_WHERE = {
    "outreach_workitem": of_organisation_and_person("outreach_workitem"),
    "outreach_referral": f"{SYSTEM} or from_organisation_id = {ORGANISATION} or to_organisation_id = {ORGANISATION}",
    "outreach_judgement": f"{SYSTEM} or told_item(item_id)",
    "outreach_attempt": f"{SYSTEM} or told_item(item_id)",
    "outreach_note": f"{SYSTEM} or told_item(item_id)",
    "outreach_handover": f"{SYSTEM} or told_item(item_id)",
    "outreach_conversation": f"{SYSTEM} or told_item(item_id)",
    "outreach_answer": f"{SYSTEM} or told_conversation(conversation_id)",
    "outreach_outcome": f"{SYSTEM} or told_conversation(conversation_id)",
}
WALLS = "".join(wall(table, seen) for table, seen in SEEN_WHERE.items())
# whether a row is there for whoever asks: each is itself behind the wall. In plpgsql, so that the planner sees a call and not all walls behind it
TOLD = """
create function told_item(item uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.outreach_workitem i where i.id = item); end $$;
create function told_conversation(conversation uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.outreach_conversation c where c.id = conversation); end $$;
"""
KEPT_AS_SAID = """
create trigger kept_as_said before update on outreach_answer
  for each row execute function people_kept_as_said();
create trigger kept_as_said before update on outreach_judgement
  for each row execute function people_kept_as_said();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0001_initial"),
        ("people", "0002_walls"),
        ("sources", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(TOLD + WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT_AS_SAID, migrations.RunSQL.noop),
    ]

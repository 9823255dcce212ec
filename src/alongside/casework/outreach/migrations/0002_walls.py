"""Row-level security on all of outreach, and answers that nobody changes.

An item is its organisation's, of people it may see; what hangs on an item is seen by whoever sees the item; a
referral is seen by the two organisations it is between, before either shows the other its record.
"""

from django.db import migrations

_OF_PERSON = """(organisation_id = told_organisation() and exists (select from people_reach r
    where r.person_id = {table}.person_id and r.organisation_id = told_organisation() and r.until is null))
  or person_id = any (told_emergency())"""
_OF_ITEM = "exists (select from outreach_workitem i where i.id = {table}.item_id)"
_OF_CONVERSATION = "exists (select from outreach_conversation c where c.id = {table}.conversation_id)"
SEEN_WHERE = {
    "outreach_workitem": _OF_PERSON,
    "outreach_concern": _OF_PERSON,
    "outreach_referral": "from_organisation_id = told_organisation() or to_organisation_id = told_organisation()",
    "outreach_judgement": _OF_ITEM,
    "outreach_attempt": _OF_ITEM,
    "outreach_note": _OF_ITEM,
    "outreach_handover": _OF_ITEM,
    "outreach_conversation": _OF_ITEM,
    "outreach_answer": _OF_CONVERSATION,
    "outreach_outcome": _OF_CONVERSATION,
}
WALLS = "".join(
    f"""
    alter table {table} enable row level security;
    alter table {table} force row level security;
    create policy within_reach on {table} using (told_system() or {seen.format(table=table)}) with check (true);
    """
    for table, seen in SEEN_WHERE.items()
)
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
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT_AS_SAID, migrations.RunSQL.noop),
    ]

"""Row-level security on all of outreach, and answers that nobody changes.

An item is its organisation's, of people it may see; what hangs on an item is seen by whoever sees the item; a
referral is seen by the two organisations it is between, before either shows the other its record.
"""

from django.db import migrations

_OF_PERSON = """(organisation_id = told_organisation() and told_reaches(person_id))
  or person_id = any (told_emergency())"""
SEEN_WHERE = {
    "outreach_workitem": _OF_PERSON,
    "outreach_concern": _OF_PERSON,
    "outreach_referral": "from_organisation_id = told_organisation() or to_organisation_id = told_organisation()",
    "outreach_judgement": "told_item(item_id)",
    "outreach_attempt": "told_item(item_id)",
    "outreach_note": "told_item(item_id)",
    "outreach_handover": "told_item(item_id)",
    "outreach_conversation": "told_item(item_id)",
    "outreach_answer": "told_conversation(conversation_id)",
    "outreach_outcome": "told_conversation(conversation_id)",
}
WALLS = "".join(
    f"""
    alter table {table} enable row level security;
    alter table {table} force row level security;
    create policy within_reach on {table} using (told_system() or {seen}) with check (true);
    """
    for table, seen in SEEN_WHERE.items()
)
# whether a row is there for whoever asks: each is itself behind the wall; in plpgsql as told_reaches is
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

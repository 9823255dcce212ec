"""Row-level security on all of outreach, and answers that nobody changes.

An item is its organisation's, of people it may see; what hangs on an item is seen by whoever sees the item; a
referral is seen by the two organisations it is between, before either shows the other its record.
"""

from django.db import migrations

_REACH = "nullif(current_setting('alongside.reach', true), '')"
_SYSTEM = f"coalesce({_REACH}, '') = '*'"
_OWN = f"(case when {_SYSTEM} then null else {_REACH}::uuid end)"
_EMERGENCY = "coalesce(nullif(current_setting('alongside.emergency', true), ''), '{}')::uuid[]"
_SEEN = f"(select r.person_id from people_reach r where r.organisation_id = {_OWN} and r.until is null)"
_OF_PERSON = f"""{_SYSTEM}
  or (organisation_id = {_OWN} and person_id in {_SEEN})
  or person_id = any ({_EMERGENCY})"""
_OF_ITEM = "item_id in (select id from outreach_workitem)"
_OF_CONVERSATION = "conversation_id in (select id from outreach_conversation)"
SEEN_WHERE = {
    "outreach_workitem": _OF_PERSON,
    "outreach_concern": _OF_PERSON,
    "outreach_referral": f"{_SYSTEM} or from_organisation_id = {_OWN} or to_organisation_id = {_OWN}",
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
    create policy within_reach on {table} using ({seen}) with check (true);
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

"""A question for advice is kept as it was asked, and its answer as it was given."""

from django.db import migrations

KEPT = """
create function sharing_advice_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  answer constant text[] :=
    '{lawyer,lawyer_asked_on,lawyer_said,answer,answered_by_id,answered_by,answered_at}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.answered_at is not null
      or to_jsonb(new) - answer is distinct from to_jsonb(old) - answer then
    raise exception 'a question for advice is kept as it was asked, and its answer as it was given'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_asked before update or delete on sharing_advice
  for each row execute function sharing_advice_kept();
"""
UNDO = "drop trigger kept_as_asked on sharing_advice; drop function sharing_advice_kept();"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0005_recipient_told")]
    operations = [migrations.RunSQL(KEPT, UNDO)]

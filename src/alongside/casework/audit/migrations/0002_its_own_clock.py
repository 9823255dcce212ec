"""The trigger takes the time itself, once it holds the head: nobody sets it, and it follows the sequence."""

from typing import ClassVar

from django.db import migrations

CHAIN = """
create or replace function audit_chain() returns trigger
  language plpgsql security definer set search_path = public as $$
declare head audit_audithead;
begin
  select * into head from audit_audithead where id = 1 for update;
  new.at := clock_timestamp();
  new.sequence := head.sequence + 1;
  new.previous_hash := head.hash;
  new.hash := sha256(head.hash || convert_to(audit_text(new), 'UTF8'));
  update audit_audithead set sequence = new.sequence, hash = new.hash where id = 1;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0001_initial")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(CHAIN, migrations.RunSQL.noop)
    ]

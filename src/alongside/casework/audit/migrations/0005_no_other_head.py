"""The trigger finds the head of the chain whatever temporary table of that name a connection has made.

PostgreSQL looks among temporary tables first where a function's search path does not say when. No event comes before
the first.
"""

from typing import ClassVar

from django.db import migrations, models

CHAIN = """
create or replace function audit_chain() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare head public.audit_audithead;
begin
  select * into head from public.audit_audithead where id = 1 for update;
  new.at := clock_timestamp();
  new.sequence := head.sequence + 1;
  new.previous_hash := head.hash;
  new.hash := sha256(head.hash || convert_to(public.audit_text(new), 'UTF8'));
  update public.audit_audithead set sequence = new.sequence, hash = new.hash where id = 1;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0004_read_by_kind_and_day")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(CHAIN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(condition=models.Q(sequence__gte=1), name="numbered_from_one"),
        ),
    ]

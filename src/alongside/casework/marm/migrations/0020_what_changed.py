"""What has changed after a case audit: written once, after it was closed, by whoever saw to it."""

from typing import ClassVar

from django.db import migrations, models

KEPT = """
create or replace function marm_case_audit_kept() returns trigger language plpgsql as $$
declare
  closes constant text[] := '{learnt,change,owner_id,change_by,closed_by,closed_by_id,closed_at}';
  changed constant text[] := '{changed,changed_by,changed_by_id,changed_at}';
  once text[];
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  once := case when old.closed_at is null then closes when old.changed_at is null then changed else '{}' end;
  if tg_op = 'DELETE' or to_jsonb(new) - once is distinct from to_jsonb(old) - once then
    raise exception 'a case audit is kept as it was drawn, and what was learnt as it was said'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""
KEPT_BEFORE = """
create or replace function marm_case_audit_kept() returns trigger language plpgsql as $$
declare
  closes constant text[] := '{learnt,change,owner_id,change_by,closed_by,closed_by_id,closed_at}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.closed_at is not null
      or to_jsonb(new) - closes is distinct from to_jsonb(old) - closes then
    raise exception 'a case audit is kept as it was drawn, and what was learnt as it was said'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("marm", "0019_said_without_contact")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField("caseaudit", "changed", models.TextField(blank=True, max_length=5000)),
        migrations.AddField("caseaudit", "changed_by", models.CharField(blank=True, max_length=200)),
        migrations.AddField("caseaudit", "changed_by_id", models.UUIDField(blank=True, null=True)),
        migrations.AddField("caseaudit", "changed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            model_name="caseaudit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("changed", ""), ("changed_at", None), ("changed_by", "")),
                    models.Q(
                        ("changed_at__isnull", False),
                        ("closed_at__isnull", False),
                        models.Q(("changed", ""), _negated=True),
                        models.Q(("changed_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_audit_changed_whole",
            ),
        ),
        migrations.RunSQL(KEPT, KEPT_BEFORE),
    ]

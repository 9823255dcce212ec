"""The table, the head of the chain, and the triggers that make it append-only."""

from typing import ClassVar

from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration

CHAIN = """
create function audit_text(e audit_auditevent) returns text language sql stable as $$
  select concat_ws(E'\\x1f', e.sequence,
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.code,
    coalesce(e.actor_id::text, ''), e.actor_name, coalesce(e.organisation_id::text, ''), e.organisation_name,
    e.purpose, coalesce(e.person_id::text, ''), e.about_kind, e.about_id, e.details::text, e.request_id)
$$;

create function audit_chain() returns trigger language plpgsql security definer set search_path = public as $$
declare head audit_audithead;
begin
  select * into head from audit_audithead where id = 1 for update;
  new.sequence := head.sequence + 1;
  new.previous_hash := head.hash;
  new.hash := sha256(head.hash || convert_to(audit_text(new), 'UTF8'));
  update audit_audithead set sequence = new.sequence, hash = new.hash where id = 1;
  return new;
end $$;

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit events are only ever added' using errcode = 'insufficient_privilege';
end $$;

insert into audit_audithead (id, sequence, hash) values (1, 0, sha256('alongside'));
create trigger chain before insert on audit_auditevent for each row execute function audit_chain();
create trigger append_only before update or delete on audit_auditevent
  for each row execute function audit_is_append_only();
create trigger never_emptied before truncate on audit_auditevent
  for each statement execute function audit_is_append_only();
"""
UNDO = """
drop table if exists audit_auditevent cascade;
drop function if exists audit_chain, audit_is_append_only cascade;
"""


class Migration(TogetherMigration):
    """See the module."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("code", models.CharField(max_length=80)),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("organisation_id", models.UUIDField(null=True)),
                ("organisation_name", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=80)),
                ("person_id", models.UUIDField(null=True)),
                ("about_kind", models.CharField(max_length=80)),
                ("about_id", models.CharField(max_length=80)),
                ("details", models.JSONField()),
                ("request_id", models.CharField(max_length=80)),
                ("previous_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person_id", "sequence"], name="audit_event_person"),
                    models.Index(fields=["actor_id", "sequence"], name="audit_event_actor"),
                ]
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(CHAIN, UNDO),
    ]

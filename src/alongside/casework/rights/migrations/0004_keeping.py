"""Disputes, legal holds and the list of what is to be let go of; and the one way by which rows leave.

Records that are kept as they were refuse to be deleted. They give way to disposal alone: a part of the system
that says in its own transaction that it lets go of what somebody confirmed (``told_disposal``).
"""

import alongside.casework.rights.rules.retention
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration
from alongside.casework.people.walls import SYSTEM, of_person, wall

WALLS = (
    wall("rights_dispute", of_person("rights_dispute"))
    + wall("rights_legalhold", of_person("rights_legalhold"))
    + wall("rights_disposal", SYSTEM)
)
TOLD = """
create function told_disposal() returns boolean language sql stable as
  $$ select told_system() and coalesce(current_setting('alongside.disposal', true), '') = 'on' $$;
"""
GIVES_WAY = """
create or replace function people_kept_as_said() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  raise exception 'what was said or recorded is kept as it was; add to it instead'
    using errcode = 'insufficient_privilege';
end $$;

create or replace function offers_kept_as_told() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  raise exception 'what was offered and what was said to it is kept as it was; add to it instead'
    using errcode = 'insufficient_privilege';
end $$;

create or replace function rights_only_added() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  raise exception 'what was given, looked at or withheld is only ever added'
    using errcode = 'insufficient_privilege';
end $$;

create or replace function sharing_request_kept() returns trigger language plpgsql as $$
declare
  ends constant text[] := '{state,ended_by_name,ended_at,ended_words,refusal,decision_id}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.state not in ('asked', 'chased')
      or to_jsonb(new) - ends is distinct from to_jsonb(old) - ends then
    raise exception 'a request is kept as it was sent, and what it came to as it was said'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""
KEPT = """
create function rights_tombstone() returns trigger language plpgsql as $$
begin
  if old.standing = 'gone' then
    raise exception 'that something was let go of is never changed' using errcode = 'insufficient_privilege';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger tombstone before update or delete on rights_disposal
  for each row execute function rights_tombstone();

create function rights_dispute_kept() returns trigger language plpgsql as $$
declare
  ends constant text[] := '{outcome,why,statement,changed,told_on,told_how,decided_by,decided_at}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.outcome <> '' or to_jsonb(new) - ends is distinct from to_jsonb(old) - ends then
    raise exception 'what somebody said is wrong is kept as they said it, and so is its answer'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update or delete on rights_dispute
  for each row execute function rights_dispute_kept();

create function rights_hold_kept() returns trigger language plpgsql as $$
declare
  ends constant text[] := '{lifted_why,lifted_by,lifted_at}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.lifted_at is not null
      or to_jsonb(new) - ends is distinct from to_jsonb(old) - ends then
    raise exception 'a hold is lifted, and never changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept before update or delete on rights_legalhold
  for each row execute function rights_hold_kept();
"""


class Migration(TogetherMigration):
    dependencies = [
        ("accounts", "0006_bound_subject"),
        ("people", "0006_pen_and_emergencies"),
        ("rights", "0003_statement"),
        ("offers", "0002_walls"),
        ("sharing", "0005_recipient_told"),
        ("capacity", "0002_walls"),
    ]

    operations = [
        migrations.RunSQL(TOLD + GIVES_WAY, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "person"), ("share_draft", "share_draft"), ("row", "row")],
                        max_length=12,
                    ),
                ),
                ("record_id", models.UUIDField()),
                ("table", models.CharField(max_length=80)),
                ("row", models.CharField(max_length=80)),
                ("rule", models.CharField(max_length=80)),
                ("why", models.TextField(blank=True, max_length=2000)),
                ("due_on", models.DateField()),
                ("listed_at", models.DateTimeField()),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("listed", "listed"),
                            ("kept", "kept"),
                            ("marked", "marked"),
                            ("gone", "gone"),
                        ],
                        default=alongside.casework.rights.rules.retention.Standing["LISTED"],
                        max_length=10,
                    ),
                ),
                ("kept_until", models.DateField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("gone_by", models.CharField(blank=True, max_length=200)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                ("rows_gone", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["standing", "due_on"], name="disposals_by_standing")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("standing", "gone"), _negated=True),
                        fields=("table", "row"),
                        name="one_open_disposal_of_a_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", "kept"), _negated=True),
                            models.Q(("kept_until__isnull", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="kept_until_when_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", "gone"), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("gone_at__isnull", False),
                                ("why", ""),
                                models.Q(("gone_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="gone_by_whom_and_nothing_said",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("table", models.CharField(max_length=80)),
                ("row", models.CharField(max_length=80)),
                (
                    "says",
                    models.CharField(
                        choices=[
                            ("wrong", "It is wrong"),
                            ("out_of_date", "It was right, and is no longer"),
                            ("not_held", "It should not be held"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(max_length=5000)),
                (
                    "said_by",
                    models.CharField(
                        choices=[
                            ("person", "The person themself"),
                            ("advocate", "Their advocate, or somebody else for them"),
                            ("worker", "A worker who noticed it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_by_name", models.CharField(blank=True, max_length=200)),
                ("received_on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("talking", "They said it to somebody at work"),
                            ("letter", "By letter"),
                            ("email", "By e-mail"),
                            ("telephone", "By telephone"),
                            ("other", "Another way"),
                        ],
                        max_length=10,
                    ),
                ),
                ("noted_by", models.CharField(max_length=200)),
                ("noted_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "It was put right"),
                            ("kept", "It stays, with what the person says beside it"),
                            ("erased", "It is to be erased"),
                            ("refused", "It stays: the request is refused, with reasons"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(blank=True, max_length=5000)),
                ("statement", models.TextField(blank=True, max_length=5000)),
                ("changed", models.TextField(blank=True, max_length=5000)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("told_how", models.CharField(blank=True, max_length=500)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "noted_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disputes",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outcome", "received_on"], name="disputes_by_outcome")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("table", "row"),
                        name="one_open_dispute_of_a_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("outcome", ""), ("told_on", None), ("why", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("why", ""), _negated=True),
                                models.Q(("decided_by", ""), _negated=True),
                                models.Q(("told_how", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("told_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_ended_how_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("review", "A safeguarding adults review, or one that may come"),
                            ("inquest", "An inquest"),
                            ("litigation", "A claim in court, or one that may come"),
                            ("inquiry", "A public inquiry that asked for records to be kept"),
                            (
                                "complaint",
                                "A complaint, to us or to an ombudsman or the Information Commissioner",
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(max_length=2000)),
                ("placed_by", models.CharField(max_length=200)),
                ("placed_at", models.DateTimeField()),
                ("lifted_why", models.TextField(blank=True, max_length=2000)),
                ("lifted_by", models.CharField(blank=True, max_length=200)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_holds",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", ""), ("lifted_why", "")),
                            models.Q(
                                ("lifted_at__isnull", False),
                                models.Q(("lifted_why", ""), _negated=True),
                                models.Q(("lifted_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hold_lifted_by_whom_and_why",
                    )
                ],
            },
        ),
        migrations.RunSQL(WALLS + KEPT, migrations.RunSQL.noop),
    ]

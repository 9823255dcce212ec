"""Case audits: which cases were drawn, who looks, what they say and what is learnt."""

import alongside.casework.marm.rules.case_audits
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration
from alongside.casework.people.walls import SYSTEM, wall

# which case a number stands for is seen by whoever sees the case, and by nobody else who looks
WALL = wall("marm_sampledfrom", f"{SYSTEM} or told_case(case_id)")
KEPT = """
create function marm_case_audit_kept() returns trigger language plpgsql as $$
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
create trigger kept_as_said before update or delete on marm_caseaudit
  for each row execute function marm_case_audit_kept();
""" + "".join(
    f"""
create trigger kept_as_said before update or delete on {table}
  for each row execute function people_kept_as_said();
"""
    for table in ("marm_auditlooker", "marm_sampledcase", "marm_sampledfrom", "marm_auditanswer")
)


class Migration(TogetherMigration):
    dependencies = [
        ("accounts", "0007_co_ordinator"),
        ("marm", "0009_family"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseAudit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("seed", models.BigIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("of_cases", models.PositiveIntegerField()),
                ("at_least", models.PositiveIntegerField()),
                ("questions", models.JSONField(default=list)),
                ("begun_by", models.CharField(max_length=200)),
                ("begun_by_id", models.UUIDField()),
                ("begun_at", models.DateTimeField()),
                ("learnt", models.TextField(blank=True, max_length=10000)),
                ("change", models.TextField(blank=True, max_length=5000)),
                ("change_by", models.DateField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                ("closed_by_id", models.UUIDField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditLooker",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookers",
                        to="marm.caseaudit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SampledCase",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("facts", models.JSONField(default=dict)),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sample",
                        to="marm.caseaudit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("question", models.CharField(max_length=60)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.case_audits.Verdict["MET"],
                                alongside.casework.marm.rules.case_audits.Verdict["MET"],
                            ),
                            (
                                alongside.casework.marm.rules.case_audits.Verdict["PARTLY"],
                                alongside.casework.marm.rules.case_audits.Verdict["PARTLY"],
                            ),
                            (
                                alongside.casework.marm.rules.case_audits.Verdict["NOT_MET"],
                                alongside.casework.marm.rules.case_audits.Verdict["NOT_MET"],
                            ),
                            (
                                alongside.casework.marm.rules.case_audits.Verdict["CANNOT_TELL"],
                                alongside.casework.marm.rules.case_audits.Verdict["CANNOT_TELL"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "looker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="marm.auditlooker",
                    ),
                ),
                (
                    "sampled",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="marm.sampledcase",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SampledFrom",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("drawn_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sampled", to="marm.case"
                    ),
                ),
                (
                    "sampled",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drawn_from",
                        to="marm.sampledcase",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="caseaudit",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_on__lte", models.F("last_on"))), name="case_audit_of_a_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseaudit",
            constraint=models.CheckConstraint(
                condition=models.Q(("of_cases__gte", models.F("size")), ("size__gte", models.F("at_least"))),
                name="case_audit_large_enough",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseaudit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("change", ""),
                        ("change_by", None),
                        ("closed_at", None),
                        ("learnt", ""),
                        ("owner", None),
                    ),
                    models.Q(
                        ("change_by__isnull", False),
                        ("closed_at__isnull", False),
                        ("owner__isnull", False),
                        models.Q(("learnt", ""), _negated=True),
                        models.Q(("change", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_audit_closed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditlooker",
            constraint=models.UniqueConstraint(fields=("audit", "member"), name="looks_into_audit_once"),
        ),
        migrations.AddConstraint(
            model_name="sampledcase",
            constraint=models.UniqueConstraint(fields=("audit", "number"), name="number_in_audit_once"),
        ),
        migrations.AddConstraint(
            model_name="auditanswer",
            constraint=models.UniqueConstraint(
                fields=("sampled", "looker", "question"), name="audit_answered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "verdict__in",
                            [
                                alongside.casework.marm.rules.case_audits.Verdict["PARTLY"],
                                alongside.casework.marm.rules.case_audits.Verdict["NOT_MET"],
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="audit_answer_says_what_is_missing",
            ),
        ),
        migrations.RunSQL(WALL + KEPT, migrations.RunSQL.noop),
    ]

"""What agencies of a case owe each other: behind the wall of their case, kept as it was said."""

import alongside.casework.marm.rules.disputes
import alongside.casework.marm.rules.ending
import alongside.casework.marm.rules.harm
import alongside.casework.marm.rules.invitations
import alongside.casework.marm.rules.stepping_back
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration
from alongside.casework.people.walls import ORGANISATION, SYSTEM, wall


SEEN_WHERE = {
    "marm_casedispute": f"{SYSTEM} or told_case(case_id)",
    "marm_steppedback": f"{SYSTEM} or told_case(case_id)",
    "marm_sharedrisk": f"{SYSTEM} or told_case(case_id) or organisation_id = {ORGANISATION}",
    "marm_harmnoted": f"{SYSTEM} or told_case(case_id)",
    "marm_disputerung": f"{SYSTEM} or told_dispute(dispute_id)",
}
WALLS = "".join(wall(table, seen) for table, seen in SEEN_WHERE.items())
# whether a dispute is there for whoever asks: it is itself behind the wall of its case
TOLD = """
create function told_dispute(asked uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.marm_casedispute d where d.id = asked); end $$;
"""
# what was said stays as it was said; the columns named are the answer to it, which is given once
KEPT = """
create trigger kept_as_said before update or delete on marm_casedispute
  for each row execute function people_kept_as_said();
create function marm_answered_once() returns trigger language plpgsql as $$
declare
  answer constant text[] := tg_argv[0]::text[];
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or to_jsonb(old) ->> tg_argv[1] is not null
      or to_jsonb(new) - answer is distinct from to_jsonb(old) - answer then
    raise exception 'what was said is kept as it was said, and is answered once'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update or delete on marm_disputerung for each row execute function
  marm_answered_once(
    '{came,came_words,came_from_id,came_by,came_by_id,came_at,told_late_at}', 'came_at'
  );
create trigger kept_as_said before update or delete on marm_steppedback for each row execute function
  marm_answered_once('{accepts,answer,dispute_id,answered_by,answered_by_id,answered_at}', 'answered_at');
create trigger kept_as_said before update on marm_sharedrisk for each row execute function
  marm_kept_but('{agrees,words,answered_by,answered_by_id,answered_at,person_id}');
create trigger answered_once before update on marm_sharedrisk for each row when (old.answered_at is not null)
  execute function marm_kept_but('{person_id}');
create trigger never_deleted before delete on marm_sharedrisk
  for each row execute function people_kept_as_said();
create trigger kept_as_said before update or delete on marm_harmnoted for each row execute function
  marm_answered_once('{review_id,review_why,answered_by,answered_by_id,answered_at}', 'answered_at');
"""


class Migration(TogetherMigration):
    dependencies = [
        ("accounts", "0007_co_ordinator"),
        ("marm", "0006_endings"),
        ("people", "0009_safe_to_know"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="state",
            field=models.CharField(
                choices=[
                    (
                        alongside.casework.marm.rules.invitations.Answered["ASKED"],
                        alongside.casework.marm.rules.invitations.Answered["ASKED"],
                    ),
                    (
                        alongside.casework.marm.rules.invitations.Answered["ACCEPTED"],
                        alongside.casework.marm.rules.invitations.Answered["ACCEPTED"],
                    ),
                    (
                        alongside.casework.marm.rules.invitations.Answered["DECLINED"],
                        alongside.casework.marm.rules.invitations.Answered["DECLINED"],
                    ),
                    (
                        alongside.casework.marm.rules.invitations.Answered["ENDED"],
                        alongside.casework.marm.rules.invitations.Answered["ENDED"],
                    ),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="CaseDispute",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.disputes.About["DECISION"],
                                alongside.casework.marm.rules.disputes.About["DECISION"],
                            ),
                            (
                                alongside.casework.marm.rules.disputes.About["ACTION"],
                                alongside.casework.marm.rules.disputes.About["ACTION"],
                            ),
                            (
                                alongside.casework.marm.rules.disputes.About["NOT_TAKING_PART"],
                                alongside.casework.marm.rules.disputes.About["NOT_TAKING_PART"],
                            ),
                            (
                                alongside.casework.marm.rules.disputes.About["THRESHOLD"],
                                alongside.casework.marm.rules.disputes.About["THRESHOLD"],
                            ),
                            (
                                alongside.casework.marm.rules.disputes.About["LEAD"],
                                alongside.casework.marm.rules.disputes.About["LEAD"],
                            ),
                            (
                                alongside.casework.marm.rules.disputes.About["OTHER"],
                                alongside.casework.marm.rules.disputes.About["OTHER"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(max_length=5000)),
                ("meanwhile", models.TextField(max_length=5000)),
                ("raised_by", models.CharField(max_length=200)),
                ("raised_by_id", models.UUIDField()),
                ("raised_at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="marm.action",
                    ),
                ),
                (
                    "against",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="disputes", to="marm.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DisputeRung",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("who", models.TextField(max_length=2000)),
                ("begun_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("told_late_at", models.DateTimeField(blank=True, null=True)),
                (
                    "came",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                alongside.casework.marm.rules.disputes.CameOf["SETTLED"],
                                alongside.casework.marm.rules.disputes.CameOf["SETTLED"],
                            ),
                            (
                                alongside.casework.marm.rules.disputes.CameOf["TAKEN_UP"],
                                alongside.casework.marm.rules.disputes.CameOf["TAKEN_UP"],
                            ),
                            (
                                alongside.casework.marm.rules.disputes.CameOf["DECIDED"],
                                alongside.casework.marm.rules.disputes.CameOf["DECIDED"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("came_words", models.TextField(blank=True, max_length=5000)),
                ("came_by", models.CharField(blank=True, max_length=200)),
                ("came_by_id", models.UUIDField(blank=True, null=True)),
                ("came_at", models.DateTimeField(blank=True, null=True)),
                (
                    "came_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rungs",
                        to="marm.casedispute",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HarmNoted",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "harm",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.harm.Harm["DIED"],
                                alongside.casework.marm.rules.harm.Harm["DIED"],
                            ),
                            (
                                alongside.casework.marm.rules.harm.Harm["SERIOUS"],
                                alongside.casework.marm.rules.harm.Harm["SERIOUS"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(max_length=10000)),
                ("happened_on", models.DateField(blank=True, null=True)),
                ("learned_on", models.DateField()),
                ("learned_from", models.TextField(max_length=2000)),
                (
                    "others",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.harm.InDanger["YES"],
                                alongside.casework.marm.rules.harm.InDanger["YES"],
                            ),
                            (
                                alongside.casework.marm.rules.harm.InDanger["NO"],
                                alongside.casework.marm.rules.harm.InDanger["NO"],
                            ),
                            (
                                alongside.casework.marm.rules.harm.InDanger["NOT_KNOWN"],
                                alongside.casework.marm.rules.harm.InDanger["NOT_KNOWN"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("others_words", models.TextField(blank=True, max_length=5000)),
                ("noted_by", models.CharField(max_length=200)),
                ("noted_by_id", models.UUIDField()),
                ("noted_at", models.DateTimeField()),
                ("review_why", models.TextField(blank=True, max_length=5000)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("answered_by_id", models.UUIDField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="harm_noted", to="marm.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marm.onward",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SharedRisk",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("who", models.CharField(max_length=400)),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.ending.Risk["REMOVED"],
                                alongside.casework.marm.rules.ending.Risk["REMOVED"],
                            ),
                            (
                                alongside.casework.marm.rules.ending.Risk["REDUCED"],
                                alongside.casework.marm.rules.ending.Risk["REDUCED"],
                            ),
                            (
                                alongside.casework.marm.rules.ending.Risk["REMAINS"],
                                alongside.casework.marm.rules.ending.Risk["REMAINS"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("who_knows", models.TextField(max_length=5000)),
                ("reopens", models.TextField(max_length=5000)),
                ("who_notices", models.TextField(max_length=5000)),
                ("put_by", models.CharField(max_length=200)),
                ("put_at", models.DateTimeField()),
                (
                    "agrees",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                alongside.casework.marm.rules.ending.Agreed["AGREED"],
                                alongside.casework.marm.rules.ending.Agreed["AGREED"],
                            ),
                            (
                                alongside.casework.marm.rules.ending.Agreed["NOT_AGREED"],
                                alongside.casework.marm.rules.ending.Agreed["NOT_AGREED"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=5000)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("answered_by_id", models.UUIDField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_risk",
                        to="marm.case",
                    ),
                ),
                (
                    "organisation",
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
                        related_name="shared_risk",
                        to="people.person",
                    ),
                ),
                (
                    "put_from",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SteppedBack",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("who_holds", models.TextField(max_length=5000)),
                ("person_told", models.TextField(max_length=5000)),
                ("agencies_told", models.TextField(max_length=5000)),
                ("actions_open", models.PositiveSmallIntegerField()),
                ("decisions", models.PositiveSmallIntegerField()),
                ("said_by", models.CharField(max_length=200)),
                ("said_by_id", models.UUIDField()),
                ("said_at", models.DateTimeField()),
                (
                    "accepts",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                alongside.casework.marm.rules.stepping_back.Accepts["ACCEPTED"],
                                alongside.casework.marm.rules.stepping_back.Accepts["ACCEPTED"],
                            ),
                            (
                                alongside.casework.marm.rules.stepping_back.Accepts["NOT_ACCEPTED"],
                                alongside.casework.marm.rules.stepping_back.Accepts["NOT_ACCEPTED"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=5000)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("answered_by_id", models.UUIDField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stepped_back",
                        to="marm.caseagency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stepped_back",
                        to="marm.case",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marm.casedispute",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="casedispute",
            index=models.Index(fields=["case", "-raised_at"], name="disputes_of_case"),
        ),
        migrations.AddConstraint(
            model_name="casedispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("meanwhile", ""), _negated=True)
                ),
                name="dispute_says_what_and_meanwhile",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation", models.F("against")), _negated=True),
                name="dispute_of_two",
            ),
        ),
        migrations.AddIndex(
            model_name="disputerung",
            index=models.Index(condition=models.Q(("came", "")), fields=["due_at"], name="rungs_due"),
        ),
        migrations.AddConstraint(
            model_name="disputerung",
            constraint=models.UniqueConstraint(fields=("dispute", "number"), name="rung_once"),
        ),
        migrations.AddConstraint(
            model_name="disputerung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("came", "")), fields=("dispute",), name="one_rung_of_a_dispute_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="disputerung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("came", ""), ("came_at", None), ("came_words", "")),
                    models.Q(
                        models.Q(("came", ""), _negated=True),
                        models.Q(("came_words", ""), _negated=True),
                        ("came_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="rung_came_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="harmnoted",
            index=models.Index(
                condition=models.Q(("answered_at", None)), fields=["case"], name="harm_without_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="harmnoted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("learned_from", ""), _negated=True)
                ),
                name="harm_noted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="harmnoted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("others", alongside.casework.marm.rules.harm.InDanger["YES"]), _negated=True),
                    models.Q(("others_words", ""), _negated=True),
                    _connector="OR",
                ),
                name="harm_danger_to_others_seen_to",
            ),
        ),
        migrations.AddConstraint(
            model_name="harmnoted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("review", None), ("review_why", "")),
                    models.Q(("answered_at__isnull", False), models.Q(("review_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="harm_review_answered_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="sharedrisk",
            index=models.Index(
                condition=models.Q(("answered_at", None)), fields=["organisation"], name="shared_risk_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedrisk",
            constraint=models.UniqueConstraint(fields=("case", "organisation"), name="risk_shared_once"),
        ),
        migrations.AddConstraint(
            model_name="sharedrisk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agrees", ""), ("answered_at", None), ("words", "")),
                    models.Q(models.Q(("agrees", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="shared_risk_answered_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedrisk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("agrees", alongside.casework.marm.rules.ending.Agreed["NOT_AGREED"]), _negated=True
                    ),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="shared_risk_not_agreed_why",
            ),
        ),
        migrations.AddIndex(
            model_name="steppedback",
            index=models.Index(
                condition=models.Q(("answered_at", None)), fields=["case"], name="stepped_back_unanswered"
            ),
        ),
        migrations.AddConstraint(
            model_name="steppedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("who_holds", ""), _negated=True),
                    models.Q(("person_told", ""), _negated=True),
                    models.Q(("agencies_told", ""), _negated=True),
                ),
                name="stepped_back_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="steppedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepts", ""), ("answer", ""), ("answered_at", None)),
                    models.Q(
                        models.Q(("accepts", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                        ("answered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="stepped_back_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="steppedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepts", alongside.casework.marm.rules.stepping_back.Accepts["NOT_ACCEPTED"]),
                        ("dispute__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("accepts", alongside.casework.marm.rules.stepping_back.Accepts["NOT_ACCEPTED"]),
                            _negated=True,
                        ),
                        ("dispute", None),
                    ),
                    _connector="OR",
                ),
                name="stepped_back_not_accepted_is_disputed",
            ),
        ),
        migrations.RunSQL(TOLD + WALLS + KEPT, migrations.RunSQL.noop),
    ]

import alongside.casework.marm.rules.criteria
import alongside.casework.marm.rules.onward
import alongside.casework.marm.rules.stages
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration


class Migration(TogetherMigration):
    initial = True

    dependencies = [
        ("accounts", "0006_bound_subject"),
        ("people", "0007_who_reads_an_entry"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.stages.Stage["ASKED"],
                                alongside.casework.marm.rules.stages.Stage["ASKED"],
                            ),
                            (
                                alongside.casework.marm.rules.stages.Stage["DECLINED"],
                                alongside.casework.marm.rules.stages.Stage["DECLINED"],
                            ),
                            (
                                alongside.casework.marm.rules.stages.Stage["OPEN"],
                                alongside.casework.marm.rules.stages.Stage["OPEN"],
                            ),
                            (
                                alongside.casework.marm.rules.stages.Stage["ENDED"],
                                alongside.casework.marm.rules.stages.Stage["ENDED"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.stages.Urgency["HIGH"],
                                alongside.casework.marm.rules.stages.Urgency["HIGH"],
                            ),
                            (
                                alongside.casework.marm.rules.stages.Urgency["OTHER"],
                                alongside.casework.marm.rules.stages.Urgency["OTHER"],
                            ),
                        ],
                        max_length=5,
                    ),
                ),
                ("criteria_set", models.CharField(max_length=60)),
                (
                    "fits",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.criteria.Fits["YES"],
                                alongside.casework.marm.rules.criteria.Fits["YES"],
                            ),
                            (
                                alongside.casework.marm.rules.criteria.Fits["NOT_KNOWN"],
                                alongside.casework.marm.rules.criteria.Fits["NOT_KNOWN"],
                            ),
                            (
                                alongside.casework.marm.rules.criteria.Fits["NO"],
                                alongside.casework.marm.rules.criteria.Fits["NO"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "taking_part",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("asked_by", models.CharField(max_length=200)),
                ("asked_by_id", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("own_words", models.TextField(blank=True, max_length=10000)),
                ("no_words_why", models.TextField(blank=True, max_length=2000)),
                ("wanted", models.TextField(max_length=5000)),
                ("strengths", models.TextField(max_length=5000)),
                ("tried", models.TextField(max_length=10000)),
                ("risk_to_self", models.TextField(blank=True, max_length=5000)),
                ("risk_from_others", models.TextField(blank=True, max_length=5000)),
                ("risk_to_others", models.TextField(blank=True, max_length=5000)),
                (
                    "told",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.stages.Told["AGREES"],
                                alongside.casework.marm.rules.stages.Told["AGREES"],
                            ),
                            (
                                alongside.casework.marm.rules.stages.Told["KNOWS"],
                                alongside.casework.marm.rules.stages.Told["KNOWS"],
                            ),
                            (
                                alongside.casework.marm.rules.stages.Told["NOT_YET"],
                                alongside.casework.marm.rules.stages.Told["NOT_YET"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("told_why", models.TextField(blank=True, max_length=2000)),
                ("manager_told", models.CharField(blank=True, max_length=200)),
                ("settled_by", models.CharField(blank=True, max_length=200)),
                ("settled_by_id", models.UUIDField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_why", models.TextField(blank=True, max_length=5000)),
                ("advice", models.TextField(blank=True, max_length=5000)),
                ("route", models.CharField(blank=True, max_length=60)),
                (
                    "coordinating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseAgency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("brings", models.TextField(blank=True, max_length=2000)),
                ("since", models.DateTimeField()),
                ("brought_in_by", models.CharField(max_length=200)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("until_why", models.TextField(blank=True, max_length=2000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agencies", to="marm.case"
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
            name="Concern",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.TextField(max_length=10000)),
                ("immediate_danger", models.BooleanField(default=False)),
                ("talked_through", models.BooleanField(default=False)),
                ("raised_by", models.CharField(max_length=200)),
                ("raised_by_id", models.UUIDField(blank=True, null=True)),
                ("raised_at", models.DateTimeField()),
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
                        related_name="concerns",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CriterionAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.criteria.Answer["MET"],
                                alongside.casework.marm.rules.criteria.Answer["MET"],
                            ),
                            (
                                alongside.casework.marm.rules.criteria.Answer["NOT_MET"],
                                alongside.casework.marm.rules.criteria.Answer["NOT_MET"],
                            ),
                            (
                                alongside.casework.marm.rules.criteria.Answer["NOT_KNOWN"],
                                alongside.casework.marm.rules.criteria.Answer["NOT_KNOWN"],
                            ),
                            (
                                alongside.casework.marm.rules.criteria.Answer["CAPACITY_UNCLEAR"],
                                alongside.casework.marm.rules.criteria.Answer["CAPACITY_UNCLEAR"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("evidence", models.TextField(blank=True, max_length=5000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="marm.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("acting", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True, max_length=2000)),
                ("asked_by", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("declined_why", models.TextField(blank=True, max_length=2000)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leads", to="marm.case"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Onward",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("forum", models.CharField(max_length=60)),
                ("why", models.TextField(max_length=5000)),
                ("sent_to", models.CharField(max_length=200)),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("sent_on", models.DateField()),
                ("sent_by", models.CharField(max_length=200)),
                ("sent_by_id", models.UUIDField()),
                ("sent_at", models.DateTimeField()),
                (
                    "came",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                alongside.casework.marm.rules.onward.Came["TAKEN_ON"],
                                alongside.casework.marm.rules.onward.Came["TAKEN_ON"],
                            ),
                            (
                                alongside.casework.marm.rules.onward.Came["NOT_TAKEN_ON"],
                                alongside.casework.marm.rules.onward.Came["NOT_TAKEN_ON"],
                            ),
                            (
                                alongside.casework.marm.rules.onward.Came["ENDED"],
                                alongside.casework.marm.rules.onward.Came["ENDED"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("came_on", models.DateField(blank=True, null=True)),
                ("came_words", models.TextField(blank=True, max_length=5000)),
                ("came_noted_by", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="onward",
                        to="marm.case",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_onward",
                        to="marm.concern",
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
                        related_name="sent_onward",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("forum", models.CharField(max_length=60)),
                ("answers", models.JSONField()),
                ("leads_on", models.BooleanField()),
                ("because", models.JSONField(default=list)),
                ("words", models.TextField(blank=True, max_length=5000)),
                ("by", models.CharField(max_length=200)),
                ("by_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "concern",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="marm.concern",
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
                        related_name="screenings",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["person", "-asked_at"], name="cases_of_person"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["stage", "asked_at"], name="cases_by_stage"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        (
                            alongside.casework.marm.rules.stages.Stage["ASKED"],
                            alongside.casework.marm.rules.stages.Stage["OPEN"],
                        ),
                    )
                ),
                fields=("person",),
                name="one_case_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at", None), ("stage", alongside.casework.marm.rules.stages.Stage["ASKED"])
                    ),
                    models.Q(
                        models.Q(
                            ("stage", alongside.casework.marm.rules.stages.Stage["ASKED"]), _negated=True
                        ),
                        ("settled_at__isnull", False),
                        models.Q(("settled_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_settled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("stage", alongside.casework.marm.rules.stages.Stage["DECLINED"]), _negated=True
                    ),
                    models.Q(models.Q(("advice", ""), _negated=True), models.Q(("route", ""), _negated=True)),
                    _connector="OR",
                ),
                name="case_declined_with_route",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("own_words", ""), _negated=True),
                    models.Q(("no_words_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_own_words_or_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("risk_to_self", ""), _negated=True),
                    models.Q(("risk_from_others", ""), _negated=True),
                    models.Q(("risk_to_others", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_risk_in_one_direction",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told", alongside.casework.marm.rules.stages.Told["AGREES"]),
                    models.Q(("told_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_told_or_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseagency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("case", "organisation"),
                name="agency_once_in_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseagency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("until", None), ("until_why", "")),
                    models.Q(("until__isnull", False), models.Q(("until_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="agency_leaves_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["person", "-raised_at"], name="concerns_of_person"),
        ),
        migrations.AddConstraint(
            model_name="criterionanswer",
            constraint=models.UniqueConstraint(fields=("case", "code"), name="criterion_once"),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at__isnull", False), ("acting", False), ("until", None)),
                fields=("case",),
                name="one_lead_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(
                condition=models.Q(("acting", True), ("until", None)),
                fields=("case",),
                name="one_acts_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("accepted_at", None), ("acting", False), ("declined_at", None), ("until", None)
                ),
                fields=("case",),
                name="one_is_asked_to_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("declined_at", None), _connector="OR"),
                name="lead_accepts_or_declines",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("declined_at", None), models.Q(("declined_why", ""), _negated=True), _connector="OR"
                ),
                name="lead_declines_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="onward",
            index=models.Index(fields=["person", "-sent_at"], name="onward_of_person"),
        ),
        migrations.AddIndex(
            model_name="onward",
            index=models.Index(
                condition=models.Q(("came", "")), fields=["organisation"], name="onward_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="onward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("came", ""), ("came_on", None), ("came_words", "")),
                    models.Q(
                        models.Q(("came", ""), _negated=True),
                        ("came_on__isnull", False),
                        models.Q(("came_words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="onward_came_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["person", "-at"], name="screenings_of_person"),
        ),
    ]

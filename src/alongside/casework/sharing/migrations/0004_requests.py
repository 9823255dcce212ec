"""Requests for information: seen by the two agencies alone, and kept as they were sent and answered."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration
from alongside.casework.people.walls import ORGANISATION, SYSTEM, wall

BETWEEN_TWO = f"{SYSTEM} or asked_by_id = {ORGANISATION} or asked_of_id = {ORGANISATION}"
# whether a request is there for whoever asks: it is itself behind its wall. In plpgsql, so that the planner sees a call and not the wall behind it
TOLD = """
create function told_request(request uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.sharing_informationrequest r where r.id = request); end $$;
"""
WALLS = wall("sharing_informationrequest", BETWEEN_TWO) + "".join(
    wall(table, f"{SYSTEM} or told_request(request_id)")
    for table in ("sharing_requestitem", "sharing_requestchaser")
)
KEPT_AS_SENT = """
create function sharing_request_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  ends constant text[] := '{state,ended_by_name,ended_at,ended_words,refusal,decision_id}';
begin
  if tg_op = 'DELETE' or old.state not in ('asked', 'chased')
      or to_jsonb(new) - ends is distinct from to_jsonb(old) - ends then
    raise exception 'a request is kept as it was sent, and what it came to as it was said'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_sent before update or delete on sharing_informationrequest
  for each row execute function sharing_request_kept();
create trigger kept_as_sent before update or delete on sharing_requestitem
  for each row execute function people_kept_as_said();
create trigger kept_as_sent before update or delete on sharing_requestchaser
  for each row execute function people_kept_as_said();
"""


class Migration(TogetherMigration):
    dependencies = [
        ("accounts", "0006_bound_subject"),
        ("people", "0006_pen_and_emergencies"),
        ("sharing", "0003_decisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="InformationRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("who", models.CharField(max_length=400)),
                ("asked_by_name", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=80)),
                ("what_for", models.TextField(max_length=2000)),
                (
                    "power",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("care_act_6", "care_act_6"),
                            ("care_act_7", "care_act_7"),
                            ("care_act_9", "care_act_9"),
                            ("care_act_42", "care_act_42"),
                            ("care_act_45", "care_act_45"),
                            ("crime_115", "crime_115"),
                            ("housing_213b", "housing_213b"),
                            ("capacity_4", "capacity_4"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("power_words", models.CharField(blank=True, max_length=300)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("ordinary", "ordinary"),
                                ("special", "special"),
                                ("criminal", "criminal"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("person_knows", models.BooleanField()),
                ("why_not_told", models.TextField(blank=True, max_length=2000)),
                (
                    "urgency",
                    models.CharField(choices=[("urgent", "urgent"), ("ordinary", "ordinary")], max_length=10),
                ),
                ("due", models.DateField()),
                ("how_to_answer", models.TextField(max_length=1000)),
                ("letter", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("chased", "chased"),
                            ("answered", "answered"),
                            ("nothing_held", "nothing_held"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ended_by_name", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_words", models.TextField(blank=True, max_length=5000)),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("incompatible", "incompatible"),
                            ("harmful", "harmful"),
                            ("not_held", "not_held"),
                            ("not_lawful", "not_lawful"),
                            ("other", "other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("decision_id", models.UUIDField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestChaser",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("by_hand", "by_hand"),
                            ("due", "due"),
                            ("managers", "managers"),
                            ("both", "both"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chasers",
                        to="sharing.informationrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="RequestItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.TextField(max_length=1000)),
                ("why", models.TextField(max_length=1000)),
                ("period", models.CharField(max_length=200)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="sharing.informationrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddIndex(
            model_name="informationrequest",
            index=models.Index(fields=["asked_of", "state"], name="requests_to"),
        ),
        migrations.AddIndex(
            model_name="informationrequest",
            index=models.Index(fields=["asked_by", "state"], name="requests_from"),
        ),
        migrations.AddIndex(
            model_name="informationrequest",
            index=models.Index(fields=["person"], name="requests_about"),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("asked_of")), _negated=True),
                name="requested_of_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "refused"),
                        models.Q(("refusal", ""), _negated=True),
                        models.Q(("ended_words", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                    _connector="OR",
                ),
                name="refused_with_written_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state__in", ["asked", "chased"])),
                    models.Q(
                        models.Q(("state__in", ["asked", "chased"]), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="request_ended_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person_knows", True), models.Q(("why_not_told", ""), _negated=True), _connector="OR"
                ),
                name="not_told_of_request_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision_id__isnull", False), ("state", "answered")),
                    models.Q(models.Q(("state", "answered"), _negated=True), ("decision_id", None)),
                    _connector="OR",
                ),
                name="answered_by_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestchaser",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "by_hand"), _negated=True),
                fields=("request", "step"),
                name="a_step_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestitem",
            constraint=models.UniqueConstraint(fields=("request", "number"), name="one_item_of_a_number"),
        ),
        migrations.RunSQL(TOLD + WALLS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT_AS_SENT, migrations.RunSQL.noop),
    ]

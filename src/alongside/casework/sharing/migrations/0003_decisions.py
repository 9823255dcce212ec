"""Decisions about sharing: walls, and what the database itself refuses."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration
from alongside.casework.people.walls import (
    IN_EMERGENCY,
    ORGANISATION,
    SYSTEM,
    of_organisation_and_person,
    wall,
)

# an organisation answers for what it decided, and reads what it was told, also when its reach has ended
_TOLD = (
    "exists (select from sharing_disclosure d where d.decision_id = sharing_sharedecision.id "
    f"and d.organisation_id = {ORGANISATION})"
)
WALLS = (
    wall(
        "sharing_sharedecision",
        f"{SYSTEM} or organisation_id = {ORGANISATION} or person_id = {IN_EMERGENCY} or {_TOLD}",
    )
    + wall(
        "sharing_disclosure",
        f"{SYSTEM} or organisation_id = {ORGANISATION} or from_organisation_id = {ORGANISATION}",
    )
    + "".join(
        wall(table, f"exists (select from sharing_sharedecision s where s.id = {table}.decision_id)")
        for table in (
            "sharing_shareditem", "sharing_recipient", "sharing_refusaloverride", "sharing_secondlook",
            "sharing_laterview",
        )
    )
    + wall("sharing_sharedraft", of_organisation_and_person("sharing_sharedraft"))
    + wall("sharing_advice", f"{SYSTEM} or organisation_id = {ORGANISATION}")
)  # fmt: skip

# Who may be told is asked here once more, so that no page, job or statement can tell anybody without a decision
# that stands. told_system: disposal, which a person confirms, takes a record away whole.
GUARDS = """
create function sharing_written_once() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and told_system() then return old; end if;
  raise exception 'a decision about sharing is written once; correct it by a new one that points to it'
    using errcode = 'insufficient_privilege';
end $$;

create function sharing_made_in() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.made_in := txid_current();
  return new;
end $$;
create trigger made_in before insert on sharing_sharedecision
  for each row execute function sharing_made_in();

create function sharing_with_its_decision() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from sharing_sharedecision s where s.id = new.decision_id and s.made_in = txid_current())
  then
    raise exception 'nothing is added to a decision about sharing after it was made'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create function sharing_second_look() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from sharing_sharedecision s join sharing_refusaloverride o on o.decision_id = s.id
                 where s.id = new.decision_id and s.decided_by_id <> new.by_id)
  then
    raise exception 'somebody else looks at a decision against what a person asked'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger second_look before insert on sharing_secondlook
  for each row execute function sharing_second_look();

create function sharing_needs_a_decision() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if told_system() then return old; end if;
  elsif tg_op = 'UPDATE' then
    if old.opened_at is null and to_jsonb(new) - array['opened_by', 'opened_at']
      = to_jsonb(old) - array['opened_by', 'opened_at'] then return new; end if;
  elsif exists (
    select from sharing_sharedecision s
    join sharing_recipient r on r.decision_id = s.id and r.organisation_id = new.organisation_id
    left join sharing_refusaloverride o on o.decision_id = s.id
    left join sharing_secondlook l on l.decision_id = s.id
    where s.id = new.decision_id and s.outcome = 'share' and s.organisation_id = new.from_organisation_id
      and exists (select from sharing_shareditem i where i.decision_id = s.id)
      and (
        o.emergency or l.answer = 'agreed'
        -- not as the decision says: as the person's choices are, all of them (0008)
        or o.decision_id is null and s.wish <> 'refuses' and not sharing_refused_to(s.id, r.organisation_id, new.at)
      )
      and not exists (select from sharing_sharedecision c where c.corrects_id = s.id)
  ) then return new;
  end if;
  raise exception 'nobody is told anything of a person without a decision that stands'
    using errcode = 'insufficient_privilege';
end $$;
create trigger needs_a_decision before insert or update or delete on sharing_disclosure
  for each row execute function sharing_needs_a_decision();
"""
ONCE = "".join(
    f"create trigger written_once before update or delete on {table} "
    "for each row execute function sharing_written_once();\n"
    for table in (
        "sharing_sharedecision", "sharing_shareditem", "sharing_recipient", "sharing_refusaloverride",
        "sharing_secondlook", "sharing_laterview",
    )
) + "".join(
    f"create trigger with_its_decision before insert on {table} "
    "for each row execute function sharing_with_its_decision();\n"
    for table in ("sharing_shareditem", "sharing_recipient", "sharing_refusaloverride")
)  # fmt: skip


class Migration(TogetherMigration):
    dependencies = [
        ("accounts", "0006_bound_subject"),
        ("people", "0006_pen_and_emergencies"),
        ("sharing", "0002_choices"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShareDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("decided_by_id", models.UUIDField()),
                ("decided_by", models.CharField(max_length=200)),
                ("decided_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("share", "share"), ("do_not_share", "do_not_share")], max_length=20
                    ),
                ),
                ("purpose", models.CharField(max_length=80)),
                ("who", models.CharField(blank=True, max_length=400)),
                ("named", models.CharField(blank=True, max_length=200)),
                (
                    "known",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("article_6", models.CharField(blank=True, max_length=30)),
                ("article_6_words", models.TextField(blank=True, max_length=2000)),
                ("condition", models.CharField(blank=True, max_length=30)),
                ("condition_words", models.TextField(blank=True, max_length=2000)),
                ("confidence", models.CharField(blank=True, max_length=30)),
                ("confidence_words", models.TextField(blank=True, max_length=2000)),
                ("necessity", models.TextField(blank=True, max_length=4000)),
                ("proportionality", models.TextField(blank=True, max_length=4000)),
                (
                    "wish",
                    models.CharField(
                        choices=[("agrees", "agrees"), ("refuses", "refuses"), ("not_said", "not_said")],
                        max_length=10,
                    ),
                ),
                (
                    "told",
                    models.CharField(
                        choices=[("told", "told"), ("will_be", "will_be"), ("not_safe", "not_safe")],
                        max_length=10,
                    ),
                ),
                ("told_on", models.DateField(null=True)),
                ("told_how", models.TextField(blank=True, max_length=2000)),
                ("told_why_not", models.TextField(blank=True, max_length=2000)),
                ("onward", models.TextField(blank=True, max_length=2000)),
                ("keep_until", models.DateField(null=True)),
                ("channel", models.CharField(blank=True, max_length=200)),
                ("without_agreement", models.TextField(blank=True, max_length=2000)),
                ("reason", models.TextField(blank=True, max_length=4000)),
                ("risk", models.TextField(blank=True, max_length=4000)),
                ("review_on", models.DateField(null=True)),
                ("corrected_why", models.TextField(blank=True, max_length=2000)),
                ("request_id", models.UUIDField(null=True)),
                ("advice_id", models.UUIDField(null=True)),
                ("made_in", models.BigIntegerField(default=0, editable=False)),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="sharing.sharedecision",
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
                        related_name="share_decisions",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RefusalOverride",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="override",
                        serialize=False,
                        to="sharing.sharedecision",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("lacks_capacity_best_interests", "lacks_capacity_best_interests"),
                            ("risk_to_others", "risk_to_others"),
                            ("prevention_detection_crime", "prevention_detection_crime"),
                            ("public_interest", "public_interest"),
                            ("coercion_control", "coercion_control"),
                            ("vital_interests", "vital_interests"),
                            ("statutory_duty", "statutory_duty"),
                            ("court_order", "court_order"),
                        ],
                        max_length=40,
                    ),
                ),
                ("refusal", models.TextField(max_length=4000)),
                ("first", models.TextField(max_length=4000)),
                ("second", models.TextField(max_length=4000)),
                ("alternatives", models.TextField(max_length=4000)),
                ("harm", models.TextField(max_length=4000)),
                ("advice", models.TextField(blank=True, max_length=4000)),
                ("review_on", models.DateField()),
                ("capacity_record", models.UUIDField(null=True)),
                ("best_interests", models.UUIDField(null=True)),
                ("emergency", models.BooleanField(default=False)),
                ("emergency_why", models.TextField(blank=True, max_length=2000)),
                ("look_by", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.agreement",
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="sharing.sharedecision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LaterView",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.TextField(max_length=10000)),
                ("said_on", models.DateField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="later_views",
                        to="sharing.sharedecision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("opened_by", models.CharField(blank=True, max_length=200)),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "from_organisation",
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disclosures",
                        to="sharing.sharedecision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("agreed", "Agreed"), ("not_agreed", "Not Agreed")], max_length=12
                    ),
                ),
                ("words", models.TextField(max_length=4000)),
                ("by_id", models.UUIDField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="second_look",
                        to="sharing.sharedecision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SharedItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("everything", "everything"),
                            ("known", "known"),
                            ("contact", "contact"),
                            ("home", "home"),
                            ("money", "money"),
                            ("family", "family"),
                            ("safety", "safety"),
                            ("care", "care"),
                            ("health", "health"),
                            ("mental_health", "mental_health"),
                            ("substances", "substances"),
                            ("offences", "offences"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "data",
                    models.CharField(
                        choices=[("ordinary", "ordinary"), ("special", "special"), ("criminal", "criminal")],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(max_length=10000)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fact", "fact"),
                            ("observation", "observation"),
                            ("opinion", "opinion"),
                            ("allegation", "allegation"),
                            ("self_report", "self_report"),
                            ("third_party_report", "third_party_report"),
                        ],
                        max_length=20,
                    ),
                ),
                ("as_at", models.DateField()),
                ("source", models.CharField(max_length=500)),
                ("verified_by", models.CharField(blank=True, max_length=500)),
                ("limits", models.TextField(blank=True, max_length=2000)),
                ("quality", models.JSONField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="sharing.sharedecision",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ShareDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("user_id", models.UUIDField()),
                ("answers", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField()),
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
                        related_name="share_drafts",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("draft_id", models.UUIDField(null=True)),
                ("question", models.TextField(max_length=4000)),
                ("asked_by_id", models.UUIDField()),
                ("asked_by", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("lawyer", models.CharField(blank=True, max_length=200)),
                ("lawyer_asked_on", models.DateField(null=True)),
                ("lawyer_said", models.TextField(blank=True, max_length=4000)),
                ("answer", models.TextField(blank=True, max_length=4000)),
                ("answered_by_id", models.UUIDField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField(null=True)),
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
                        related_name="sharing_advice",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="advice_answered_when",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="sharedecision",
            index=models.Index(fields=["person", "-decided_at"], name="share_decisions_of_person"),
        ),
        migrations.AddIndex(
            model_name="sharedecision",
            index=models.Index(fields=["organisation", "-decided_at"], name="share_decisions_of_agency"),
        ),
        migrations.AddConstraint(
            model_name="sharedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", "do_not_share"),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("risk", ""), _negated=True),
                        ("review_on__isnull", False),
                    ),
                    models.Q(
                        ("outcome", "share"),
                        models.Q(("article_6", ""), _negated=True),
                        models.Q(("confidence", ""), _negated=True),
                        models.Q(("necessity", ""), _negated=True),
                        models.Q(("proportionality", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_share_has_a_basis_and_a_no_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrected_why", ""), ("corrects", None)),
                    models.Q(("corrects__isnull", False), models.Q(("corrected_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_correction_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(fields=("decision", "organisation"), name="recipient_once"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["organisation", "-at"], name="told_to_organisation"),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.UniqueConstraint(fields=("decision", "organisation"), name="told_once"),
        ),
        migrations.AddConstraint(
            model_name="shareditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quality__has_keys", ["accurate", "valid", "reliable", "timely", "relevant", "complete"])
                ),
                name="all_six_are_stated",
            ),
        ),
        migrations.RunSQL(WALLS + GUARDS + ONCE, migrations.RunSQL.noop),
    ]

"""What people chose about sharing: seen by whoever sees the person, and kept as it was said."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import of_person, wall

# told_system: disposal, which a person confirms, takes a record away whole (people/migrations/0002)
KEPT_AS_CHOSEN = """
create function sharing_kept_as_chosen() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and told_system() then return old; end if;
  if tg_op = 'UPDATE' and old.withdrawn_recorded_at is null and new.withdrawn_recorded_at is not null
    and to_jsonb(new) - array['withdrawn_on', 'withdrawn_how', 'withdrawn_words', 'effect_told',
                              'withdrawn_recorded_by', 'withdrawn_recorded_at']
      = to_jsonb(old) - array['withdrawn_on', 'withdrawn_how', 'withdrawn_words', 'effect_told',
                              'withdrawn_recorded_by', 'withdrawn_recorded_at']
  then return new; end if;
  raise exception 'what a person chose is kept as it was; only that they took it back is added'
    using errcode = 'insufficient_privilege';
end $$;
create trigger kept_as_chosen before update or delete on sharing_sharingchoice
  for each row execute function sharing_kept_as_chosen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_bound_subject"),
        ("people", "0006_pen_and_emergencies"),
        ("sharing", "0001_agreements"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharingChoice",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("talk", models.UUIDField()),
                (
                    "answer",
                    models.CharField(choices=[("agrees", "agrees"), ("refuses", "refuses")], max_length=10),
                ),
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
                ("purpose", models.CharField(blank=True, max_length=80)),
                ("exactly", models.TextField(max_length=2000)),
                (
                    "explained",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("explained_how", models.CharField(blank=True, max_length=500)),
                ("language", models.CharField(blank=True, max_length=60)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("assumed", "Nothing speaks against it: we take it that they can"),
                            ("assessed", "Assessed about this very decision: they can"),
                            ("in_doubt", "There is doubt"),
                            ("lacks", "Assessed about this very decision: they cannot"),
                        ],
                        max_length=10,
                    ),
                ),
                ("free", models.TextField(blank=True, max_length=2000)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("spoken", "They said it"),
                            ("written", "They wrote it"),
                            ("signed", "They signed a form"),
                            ("signs", "By signs, gestures or pictures"),
                            ("interpreter", "Through an interpreter"),
                            ("advocate", "Through an advocate"),
                        ],
                        max_length=12,
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("words", models.TextField(blank=True, max_length=10000)),
                ("said_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("recorded_by", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_on", models.DateField(null=True)),
                (
                    "withdrawn_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spoken", "They said it"),
                            ("written", "They wrote it"),
                            ("signed", "They signed a form"),
                            ("signs", "By signs, gestures or pictures"),
                            ("interpreter", "Through an interpreter"),
                            ("advocate", "Through an advocate"),
                        ],
                        max_length=12,
                    ),
                ),
                ("withdrawn_words", models.TextField(blank=True, max_length=10000)),
                ("effect_told", models.TextField(blank=True, max_length=2000)),
                ("withdrawn_recorded_by", models.CharField(blank=True, max_length=200)),
                ("withdrawn_recorded_at", models.DateTimeField(null=True)),
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
                        related_name="sharing_choices",
                        to="people.person",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-said_on"], name="choices_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "refuses"),
                            models.Q(
                                ("expires_on__isnull", False),
                                models.Q(("purpose", ""), _negated=True),
                                models.Q(("free", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_agreement_ends_and_is_for_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "refuses"), ("capacity__in", ["assumed", "assessed"]), _connector="OR"
                        ),
                        name="who_agrees_can_decide_it",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            wall("sharing_sharingchoice", of_person("sharing_sharingchoice")) + KEPT_AS_CHOSEN,
            migrations.RunSQL.noop,
        ),
    ]

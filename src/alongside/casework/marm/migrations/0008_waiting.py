"""What waits: reviews of declined requests, and answers to whoever asked for a meeting; more that drifts."""

import alongside.casework.marm.rules.drift
import alongside.casework.marm.rules.reviews
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration
from alongside.casework.people.walls import IN_EMERGENCY, ORGANISATION, SYSTEM, reaches, wall

# whoever asked or answers sees a review, while they have reach to the person
SEEN = (
    f"{SYSTEM} or ({ORGANISATION} = any (taking_part) and {reaches('marm_declinereview', 'person_id')}) "
    f"or person_id = {IN_EMERGENCY}"
)
KEPT = """
create function marm_review_kept() returns trigger language plpgsql as $$
declare
  answer constant text[] := '{outcome,why,advice,route,answered_by,answered_by_id,answered_at,person_id}';
begin
  if tg_op = 'DELETE' and told_disposal() then return old; end if;
  if tg_op = 'DELETE' or old.answered_at is not null
      or to_jsonb(new) - answer is distinct from to_jsonb(old) - answer then
    raise exception 'a review is kept as it was raised, and its answer as it was said'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update or delete on marm_declinereview
  for each row execute function marm_review_kept();
-- nobody looks again at what they declined or asked for themselves
alter table marm_declinereview add constraint decline_review_by_another
  check (answered_by_id is null or answered_by_id <> all (declined_by_ids || asked_by_ids));
-- what was asked stays; a meeting may answer it later, and each reason is written once
drop trigger kept_as_said on marm_meetingasked;
create trigger kept_as_said before update on marm_meetingasked for each row execute function marm_kept_but(
  '{met_at,meeting_id,declined_by,declined_at,declined_why,stands_by,stands_at,stands_why}');
create trigger declined_once before update on marm_meetingasked for each row when (old.declined_at is not null)
  execute function marm_kept_but('{met_at,meeting_id,stands_by,stands_at,stands_why}');
create trigger stands_once before update on marm_meetingasked for each row when (old.stands_at is not null)
  execute function marm_kept_but('{met_at,meeting_id}');
"""


class Migration(TogetherMigration):
    dependencies = [
        ("accounts", "0007_co_ordinator"),
        ("marm", "0007_holding"),
        ("people", "0009_safe_to_know"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeclineReview",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "declined",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                (
                    "taking_part",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                (
                    "asked_by_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                (
                    "declined_by_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("raised_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                alongside.casework.marm.rules.reviews.Outcome["UPHELD"],
                                alongside.casework.marm.rules.reviews.Outcome["UPHELD"],
                            ),
                            (
                                alongside.casework.marm.rules.reviews.Outcome["OPENED"],
                                alongside.casework.marm.rules.reviews.Outcome["OPENED"],
                            ),
                            (
                                alongside.casework.marm.rules.reviews.Outcome["MORE"],
                                alongside.casework.marm.rules.reviews.Outcome["MORE"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(blank=True, max_length=5000)),
                ("advice", models.TextField(blank=True, max_length=5000)),
                ("route", models.CharField(blank=True, max_length=60)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("answered_by_id", models.UUIDField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="driftfound",
            name="count",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="invited",
            name="answered_by_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="meetingasked",
            name="asked_by_id",
            field=models.UUIDField(default=uuid.uuid4),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="meetingasked",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="meetingasked",
            name="declined_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="meetingasked",
            name="declined_why",
            field=models.TextField(blank=True, max_length=5000),
        ),
        migrations.AddField(
            model_name="meetingasked",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="marm.meeting",
            ),
        ),
        migrations.AddField(
            model_name="meetingasked",
            name="stands_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="meetingasked",
            name="stands_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="meetingasked",
            name="stands_why",
            field=models.TextField(blank=True, max_length=5000),
        ),
        migrations.AlterField(
            model_name="driftfound",
            name="drift",
            field=models.CharField(
                choices=[
                    (
                        alongside.casework.marm.rules.drift.Drift["MANY_AGENCIES"],
                        alongside.casework.marm.rules.drift.Drift["MANY_AGENCIES"],
                    ),
                    (
                        alongside.casework.marm.rules.drift.Drift["CONCERNS"],
                        alongside.casework.marm.rules.drift.Drift["CONCERNS"],
                    ),
                    (
                        alongside.casework.marm.rules.drift.Drift["NOT_ANSWERED"],
                        alongside.casework.marm.rules.drift.Drift["NOT_ANSWERED"],
                    ),
                    (
                        alongside.casework.marm.rules.drift.Drift["NO_LEAD"],
                        alongside.casework.marm.rules.drift.Drift["NO_LEAD"],
                    ),
                    (
                        alongside.casework.marm.rules.drift.Drift["LEAD_AWAY"],
                        alongside.casework.marm.rules.drift.Drift["LEAD_AWAY"],
                    ),
                    (
                        alongside.casework.marm.rules.drift.Drift["NO_MEETING"],
                        alongside.casework.marm.rules.drift.Drift["NO_MEETING"],
                    ),
                    (
                        alongside.casework.marm.rules.drift.Drift["NOT_REVIEWED"],
                        alongside.casework.marm.rules.drift.Drift["NOT_REVIEWED"],
                    ),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingasked",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meeting", None), ("met_at", None)),
                    models.Q(("meeting__isnull", False), ("met_at__isnull", False)),
                    _connector="OR",
                ),
                name="meeting_asked_met_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingasked",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at", None), ("declined_why", "")),
                    models.Q(
                        ("declined_at__isnull", False),
                        models.Q(("declined_why", ""), _negated=True),
                        models.Q(("declined_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="meeting_asked_declined_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingasked",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stands_at", None), ("stands_why", "")),
                    models.Q(
                        ("declined_at__isnull", False),
                        ("stands_at__isnull", False),
                        models.Q(("stands_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="meeting_asked_stands_with_reason",
            ),
        ),
        migrations.AddField(
            model_name="declinereview",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="decline_reviews", to="marm.case"
            ),
        ),
        migrations.AddField(
            model_name="declinereview",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="declinereview",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decline_reviews",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="declinereview",
            index=models.Index(fields=["organisation", "answered_at"], name="decline_reviews_that_wait"),
        ),
        migrations.AddConstraint(
            model_name="declinereview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None)), fields=("person",), name="one_decline_review_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="declinereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("answered_by_id", None), ("outcome", ""), ("why", "")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by_id__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("why", ""), _negated=True),
                        models.Q(("answered_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decline_review_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="declinereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", alongside.casework.marm.rules.reviews.Outcome["UPHELD"]), _negated=True
                    ),
                    models.Q(models.Q(("advice", ""), _negated=True), models.Q(("route", ""), _negated=True)),
                    _connector="OR",
                ),
                name="decline_upheld_with_route",
            ),
        ),
        migrations.AddConstraint(
            model_name="declinereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", alongside.casework.marm.rules.reviews.Outcome["MORE"]), _negated=True
                    ),
                    models.Q(("advice", ""), _negated=True),
                    _connector="OR",
                ),
                name="decline_review_says_what_more",
            ),
        ),
        migrations.RunSQL(wall("marm_declinereview", SEEN) + KEPT, migrations.RunSQL.noop),
    ]

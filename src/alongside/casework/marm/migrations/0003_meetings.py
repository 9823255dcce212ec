"""Invitations, meetings, what agencies say before them, and minutes: with their walls, and rows kept as said."""

import alongside.casework.marm.rules.invitations
import alongside.casework.marm.rules.meetings
import alongside.casework.marm.rules.minutes
import alongside.casework.marm.rules.reports
import alongside.casework.marm.rules.stages
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.kernel.migrating import TogetherMigration
from alongside.casework.people.walls import ORGANISATION, SYSTEM, wall


# whoever is invited sees the invitation, and through it nothing of the case before it accepts
SEEN_WHERE = {
    "marm_invitation": f"{SYSTEM} or told_case(case_id) or organisation_id = {ORGANISATION}",
    "marm_meetingasked": f"{SYSTEM} or told_case(case_id)",
    "marm_meeting": f"{SYSTEM} or told_case(case_id)",
    "marm_invited": f"{SYSTEM} or told_meeting(meeting_id)",
    "marm_agencyreport": f"{SYSTEM} or told_meeting(meeting_id)",
    "marm_minutes": f"{SYSTEM} or told_meeting(meeting_id)",
    "marm_familyview": f"{SYSTEM} or told_minutes(minutes_id)",
    "marm_addendum": f"{SYSTEM} or told_minutes(minutes_id)",
}
WALLS = "".join(wall(table, seen) for table, seen in SEEN_WHERE.items())
# whether a meeting is there for whoever asks: it is itself behind the wall (as told_case in migration 0002)
TOLD = """
create function told_meeting(asked uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.marm_meeting m where m.id = asked); end $$;
create function told_minutes(asked uuid) returns boolean language plpgsql stable as $$
begin return exists (select from public.marm_minutes m where m.id = asked); end $$;
"""
# what was said stays as it was said; the columns named are what comes after, such as an answer
KEPT_AS_SAID = """
create function marm_kept_but() returns trigger language plpgsql as $$
declare
  after_it constant text[] := tg_argv[0]::text[];
begin
  if to_jsonb(new) - after_it is distinct from to_jsonb(old) - after_it then
    raise exception 'what was said is kept as it was said; add to it instead'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update on marm_invitation for each row execute function
  marm_kept_but('{state,answered_by,answered_at,why_not,why_not_words,person_id}');
create trigger answered_once before update on marm_invitation for each row when (old.state <> 'asked')
  execute function marm_kept_but('{person_id}');
create trigger kept_as_said before update on marm_meetingasked for each row execute function
  marm_kept_but('{met_at}');
create trigger kept_as_said before update on marm_meeting for each row execute function marm_kept_but(
  '{kind,begins_at,minutes,place,online,priority,chair_id,takes_part,adjustments,set_by,set_at,version,cancelled_at,cancelled_why}'
);
create trigger kept_as_said before update or delete on marm_agencyreport
  for each row execute function people_kept_as_said();
create trigger kept_as_said before update or delete on marm_familyview
  for each row execute function people_kept_as_said();
create trigger kept_as_said before update or delete on marm_addendum
  for each row execute function people_kept_as_said();
create trigger closed_for_good before update or delete on marm_minutes for each row
  when (old.closed_at is not null) execute function people_kept_as_said();
create function marm_attendance_kept() returns trigger language plpgsql as $$
begin
  if exists (select from public.marm_minutes m where m.meeting_id = old.meeting_id and m.closed_at is not null) then
    raise exception 'the minutes are closed; add to them instead' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger closed_for_good before update on marm_invited
  for each row execute function marm_attendance_kept();
create function marm_family_before_closing() returns trigger language plpgsql as $$
begin
  if exists (select from public.marm_minutes m where m.id = new.minutes_id and m.closed_at is not null) then
    raise exception 'the minutes are closed; add to them instead' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger before_closing before insert on marm_familyview
  for each row execute function marm_family_before_closing();
"""


class Migration(TogetherMigration):
    dependencies = [
        ("accounts", "0007_co_ordinator"),
        ("marm", "0002_walls"),
        ("people", "0009_safe_to_know"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=100)),
                ("begins_at", models.DateTimeField()),
                ("minutes", models.PositiveIntegerField()),
                ("place", models.CharField(blank=True, max_length=400)),
                ("online", models.URLField(blank=True, max_length=1000)),
                ("priority", models.BooleanField(default=False)),
                ("takes_part", models.TextField(max_length=2000)),
                ("adjustments", models.TextField(blank=True, max_length=2000)),
                ("set_by", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_why", models.TextField(blank=True, max_length=2000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="marm.case"
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
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
            name="Invited",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200)),
                ("why", models.CharField(blank=True, max_length=400)),
                (
                    "coming",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.meetings.Coming["NOT_YET"],
                                alongside.casework.marm.rules.meetings.Coming["NOT_YET"],
                            ),
                            (
                                alongside.casework.marm.rules.meetings.Coming["COMES"],
                                alongside.casework.marm.rules.meetings.Coming["COMES"],
                            ),
                            (
                                alongside.casework.marm.rules.meetings.Coming["APOLOGY"],
                                alongside.casework.marm.rules.meetings.Coming["APOLOGY"],
                            ),
                        ],
                        default=alongside.casework.marm.rules.meetings.Coming["NOT_YET"],
                        max_length=10,
                    ),
                ),
                (
                    "why_not",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                alongside.casework.marm.rules.invitations.WhyNot["TOO_HIGH_RISK"],
                                alongside.casework.marm.rules.invitations.WhyNot["TOO_HIGH_RISK"],
                            ),
                            (
                                alongside.casework.marm.rules.invitations.WhyNot["NO_CAPACITY"],
                                alongside.casework.marm.rules.invitations.WhyNot["NO_CAPACITY"],
                            ),
                            (
                                alongside.casework.marm.rules.invitations.WhyNot["NOT_OURS"],
                                alongside.casework.marm.rules.invitations.WhyNot["NOT_OURS"],
                            ),
                            (
                                alongside.casework.marm.rules.invitations.WhyNot["OTHER"],
                                alongside.casework.marm.rules.invitations.WhyNot["OTHER"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attended",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.minutes.Attended["NOT_YET"],
                                alongside.casework.marm.rules.minutes.Attended["NOT_YET"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.Attended["PRESENT"],
                                alongside.casework.marm.rules.minutes.Attended["PRESENT"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.Attended["REMOTE"],
                                alongside.casework.marm.rules.minutes.Attended["REMOTE"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.Attended["APOLOGY"],
                                alongside.casework.marm.rules.minutes.Attended["APOLOGY"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.Attended["ABSENT"],
                                alongside.casework.marm.rules.minutes.Attended["ABSENT"],
                            ),
                        ],
                        default=alongside.casework.marm.rules.minutes.Attended["NOT_YET"],
                        max_length=10,
                    ),
                ),
                ("attended_why", models.TextField(blank=True, max_length=2000)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invited", to="marm.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgencyReport",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("nothing_known", models.BooleanField(default=False)),
                ("facts", models.TextField(blank=True, max_length=10000)),
                ("opinions", models.TextField(blank=True, max_length=5000)),
                ("person_said", models.TextField(blank=True, max_length=5000)),
                ("strengths", models.TextField(blank=True, max_length=5000)),
                ("risks", models.TextField(blank=True, max_length=5000)),
                ("offer", models.TextField(blank=True, max_length=5000)),
                ("limits", models.TextField(blank=True, max_length=5000)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                (
                                    alongside.casework.marm.rules.reports.Topic["MATTERS"],
                                    alongside.casework.marm.rules.reports.Topic["MATTERS"],
                                ),
                                (
                                    alongside.casework.marm.rules.reports.Topic["HOME"],
                                    alongside.casework.marm.rules.reports.Topic["HOME"],
                                ),
                                (
                                    alongside.casework.marm.rules.reports.Topic["HEALTH"],
                                    alongside.casework.marm.rules.reports.Topic["HEALTH"],
                                ),
                                (
                                    alongside.casework.marm.rules.reports.Topic["MONEY"],
                                    alongside.casework.marm.rules.reports.Topic["MONEY"],
                                ),
                                (
                                    alongside.casework.marm.rules.reports.Topic["PEOPLE"],
                                    alongside.casework.marm.rules.reports.Topic["PEOPLE"],
                                ),
                                (
                                    alongside.casework.marm.rules.reports.Topic["DRINK_AND_DRUGS"],
                                    alongside.casework.marm.rules.reports.Topic["DRINK_AND_DRUGS"],
                                ),
                                (
                                    alongside.casework.marm.rules.reports.Topic["HARM"],
                                    alongside.casework.marm.rules.reports.Topic["HARM"],
                                ),
                                (
                                    alongside.casework.marm.rules.reports.Topic["DECISIONS"],
                                    alongside.casework.marm.rules.reports.Topic["DECISIONS"],
                                ),
                                (
                                    alongside.casework.marm.rules.reports.Topic["TRIED"],
                                    alongside.casework.marm.rules.reports.Topic["TRIED"],
                                ),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("sent_by", models.CharField(max_length=200)),
                ("sent_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="marm.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingAsked",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
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
                ("why", models.TextField(max_length=5000)),
                ("asked_by", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings_asked",
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
            ],
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "took_part",
                    models.CharField(
                        choices=[
                            (
                                alongside.casework.marm.rules.minutes.TookPart["NOT_YET"],
                                alongside.casework.marm.rules.minutes.TookPart["NOT_YET"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.TookPart["IN_PERSON"],
                                alongside.casework.marm.rules.minutes.TookPart["IN_PERSON"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.TookPart["REMOTE"],
                                alongside.casework.marm.rules.minutes.TookPart["REMOTE"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.TookPart["ADVOCATE"],
                                alongside.casework.marm.rules.minutes.TookPart["ADVOCATE"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.TookPart["WRITTEN"],
                                alongside.casework.marm.rules.minutes.TookPart["WRITTEN"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.TookPart["TRUSTED_WORKER"],
                                alongside.casework.marm.rules.minutes.TookPart["TRUSTED_WORKER"],
                            ),
                            (
                                alongside.casework.marm.rules.minutes.TookPart["DECLINED"],
                                alongside.casework.marm.rules.minutes.TookPart["DECLINED"],
                            ),
                        ],
                        default=alongside.casework.marm.rules.minutes.TookPart["NOT_YET"],
                        max_length=20,
                    ),
                ),
                ("views", models.TextField(blank=True, max_length=10000)),
                ("declined_why", models.TextField(blank=True, max_length=2000)),
                ("story", models.TextField(blank=True, max_length=10000)),
                ("person_risk", models.TextField(blank=True, max_length=5000)),
                ("missing", models.TextField(blank=True, max_length=2000)),
                ("known", models.TextField(blank=True, max_length=20000)),
                ("gaps", models.TextField(blank=True, max_length=5000)),
                ("agencies_risk", models.TextField(blank=True, max_length=5000)),
                ("next_time", models.TextField(blank=True, max_length=2000)),
                ("version", models.PositiveIntegerField(default=0)),
                ("saved_by", models.CharField(blank=True, max_length=200)),
                ("saved_at", models.DateTimeField()),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minutes_of",
                        to="marm.meeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FamilyView",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=320)),
                ("wish", models.CharField(max_length=10)),
                ("wish_words", models.TextField(blank=True)),
                ("words", models.TextField(max_length=5000)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="family_views",
                        to="marm.minutes",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Addendum",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.TextField(max_length=5000)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addenda", to="marm.minutes"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("who", models.CharField(max_length=400)),
                ("why", models.TextField(max_length=5000)),
                ("purpose", models.CharField(blank=True, max_length=80)),
                ("invited_by", models.CharField(max_length=200)),
                ("invited_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
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
                        ],
                        max_length=10,
                    ),
                ),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why_not",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                alongside.casework.marm.rules.invitations.WhyNot["TOO_HIGH_RISK"],
                                alongside.casework.marm.rules.invitations.WhyNot["TOO_HIGH_RISK"],
                            ),
                            (
                                alongside.casework.marm.rules.invitations.WhyNot["NO_CAPACITY"],
                                alongside.casework.marm.rules.invitations.WhyNot["NO_CAPACITY"],
                            ),
                            (
                                alongside.casework.marm.rules.invitations.WhyNot["NOT_OURS"],
                                alongside.casework.marm.rules.invitations.WhyNot["NOT_OURS"],
                            ),
                            (
                                alongside.casework.marm.rules.invitations.WhyNot["OTHER"],
                                alongside.casework.marm.rules.invitations.WhyNot["OTHER"],
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                ("why_not_words", models.TextField(blank=True, max_length=2000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="marm.case",
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_invitations",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "state"], name="invitations_to")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", alongside.casework.marm.rules.invitations.Answered["ASKED"])
                        ),
                        fields=("case", "organisation"),
                        name="invited_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at", None),
                                ("state", alongside.casework.marm.rules.invitations.Answered["ASKED"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state", alongside.casework.marm.rules.invitations.Answered["ASKED"]),
                                    _negated=True,
                                ),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_answered_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", alongside.casework.marm.rules.invitations.Answered["DECLINED"]),
                                models.Q(("why_not", ""), _negated=True),
                                models.Q(("why_not_words", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("state", alongside.casework.marm.rules.invitations.Answered["DECLINED"]),
                                    _negated=True,
                                ),
                                ("why_not", ""),
                                ("why_not_words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_declined_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="meeting_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", ""), _negated=True),
                    models.Q(("online", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_is_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("takes_part", ""), _negated=True),
                name="meeting_says_how_the_person_takes_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at", None), ("cancelled_why", "")),
                    models.Q(("cancelled_at__isnull", False), models.Q(("cancelled_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="meeting_cancelled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="invited",
            constraint=models.UniqueConstraint(fields=("meeting", "name"), name="invited_to_meeting_once"),
        ),
        migrations.AddConstraint(
            model_name="invited",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("coming", alongside.casework.marm.rules.meetings.Coming["APOLOGY"]), _negated=True
                    ),
                    models.Q(
                        models.Q(("why_not", ""), _negated=True), models.Q(("words", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="apology_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="agencyreport",
            index=models.Index(fields=["meeting", "organisation", "-sent_at"], name="reports_of_meeting"),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None),
                    (
                        "took_part__in",
                        (
                            alongside.casework.marm.rules.minutes.TookPart["IN_PERSON"],
                            alongside.casework.marm.rules.minutes.TookPart["REMOTE"],
                        ),
                    ),
                    models.Q(
                        (
                            "took_part__in",
                            [
                                alongside.casework.marm.rules.minutes.TookPart["ADVOCATE"],
                                alongside.casework.marm.rules.minutes.TookPart["WRITTEN"],
                                alongside.casework.marm.rules.minutes.TookPart["TRUSTED_WORKER"],
                            ],
                        ),
                        models.Q(("views", ""), _negated=True),
                    ),
                    models.Q(
                        ("took_part", alongside.casework.marm.rules.minutes.TookPart["DECLINED"]),
                        models.Q(("declined_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="minutes_closed_with_the_person",
            ),
        ),
        migrations.RunSQL(TOLD + WALLS + KEPT_AS_SAID, migrations.RunSQL.noop),
    ]

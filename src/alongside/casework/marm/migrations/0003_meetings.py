"""Invitations, meetings, what agencies say before them, and minutes: with their walls, and rows kept as said."""

import alongside.casework.marm.rules.invitations
import django.db.models.deletion
import uuid
from django.db import migrations, models

from alongside.casework.people.walls import ORGANISATION, SYSTEM, wall


# whoever is invited sees the invitation, and through it nothing of the case before it accepts
WALLS = wall("marm_invitation", f"{SYSTEM} or told_case(case_id) or organisation_id = {ORGANISATION}")
# an invitation stays as it was made; the answer is written once
KEPT_AS_SAID = """
create function marm_invitation_kept() returns trigger language plpgsql as $$
declare
  answer constant text[] := '{state,answered_by,answered_at,why_not,why_not_words,person_id}';
begin
  if to_jsonb(new) - answer is distinct from to_jsonb(old) - answer
    or (old.state <> 'asked' and to_jsonb(new) - 'person_id' is distinct from to_jsonb(old) - 'person_id')
  then
    raise exception 'an invitation is kept as it was made, and its answer as it was given'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kept_as_said before update on marm_invitation
  for each row execute function marm_invitation_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_co_ordinator"),
        ("marm", "0002_walls"),
        ("people", "0009_safe_to_know"),
    ]

    operations = [
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
        migrations.RunSQL(WALLS + KEPT_AS_SAID, migrations.RunSQL.noop),
    ]

"""Requests for meetings, and meetings: when, who is invited and who is coming."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.meetings_asked import AskedState, state_of
from alongside.casework.marm.rules.minutes import CAME, Attendance, Attended
from alongside.casework.marm.rules.stages import Urgency


@dataclass(frozen=True)
class Plan:
    """What is given when a meeting is set or changed.

    Attributes:
        kind: what it is called here.
        begins_at: when.
        minutes: how long.
        place: where; empty if it is only online.
        online: the link to the meeting; empty if there is none.
        priority: whether it comes before other meetings.
        chair_id: the membership of the chair; never whoever leads.
        takes_part: how the person takes part.
        adjustments: what they need for that, including an interpreter.
    """

    kind: str
    begins_at: datetime
    minutes: int
    place: str
    online: str
    priority: bool
    chair_id: UUID
    takes_part: str
    adjustments: str


class MeetingAsked(models.Model):
    """An agency's request for a meeting: how soon, why, and the answer, a meeting or why there is none.

    If whoever leads declines an urgent one, the co-ordinator sets a meeting or lets it stand.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="meetings_asked")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    urgency = models.CharField(max_length=5, choices=[(each, each) for each in Urgency])
    why = models.TextField(max_length=5_000)
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.UUIDField()
    asked_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    """When a meeting was set that answers it."""
    meeting = models.ForeignKey("marm.Meeting", models.CASCADE, related_name="answers", null=True, blank=True)
    """That meeting. If it is cancelled, the request waits again."""
    declined_by = models.CharField(max_length=200, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_why = models.TextField(max_length=5_000, blank=True)
    stands_by = models.CharField(max_length=200, blank=True)
    """The co-ordinator who let the refusal of an urgent one stand."""
    stands_at = models.DateTimeField(null=True, blank=True)
    stands_why = models.TextField(max_length=5_000, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "urgency": Privacy.SENSITIVE,
        **dict.fromkeys(["why", "declined_why", "stands_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["asked_by", "asked_by_id", "declined_by", "stands_by"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "case", "organisation", "asked_at", "met_at", "meeting", "declined_at", "stands_at"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """It is answered by a meeting or by a reason."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(met_at=None, meeting=None) | Q(met_at__isnull=False, meeting__isnull=False),
                name="meeting_asked_met_by_one",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_why="")
                | (Q(declined_at__isnull=False) & ~Q(declined_why="") & ~Q(declined_by="")),
                name="meeting_asked_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(stands_at=None, stands_why="")
                | (Q(stands_at__isnull=False, declined_at__isnull=False) & ~Q(stands_why="")),
                name="meeting_asked_stands_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"asked for a meeting {self.id}"

    @property
    def state(self) -> AskedState:
        """Where it stands, by the rules; the meeting that answers it must have been loaded with it."""
        return state_of(
            met=self.meeting is not None and self.meeting.cancelled_at is None,
            urgent=self.urgency == Urgency.HIGH,
            declined=self.declined_at is not None,
            stands=self.stands_at is not None,
        )

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        case: Case,
        organisation_id: UUID,
        urgency: Urgency,
        why: str,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "MeetingAsked":
        """Store the request."""
        return cls.objects.create(
            case=case, organisation_id=organisation_id, urgency=urgency, why=why.strip(), asked_by=by,
            asked_by_id=by_id, asked_at=at,
        )  # fmt: skip

    # Mutators

    def meet(self, meeting: "Meeting", *, at: datetime) -> None:
        """A meeting was set."""
        self.met_at, self.meeting = at, meeting
        self.save(update_fields=["met_at", "meeting"])

    def decline(self, *, why: str, by: str, at: datetime) -> None:
        """No meeting is set, and why."""
        self.declined_by, self.declined_at, self.declined_why = by, at, why.strip()
        self.save(update_fields=["declined_by", "declined_at", "declined_why"])

    def let_stand(self, *, why: str, by: str, at: datetime) -> None:
        """The co-ordinator has looked at an urgent one that was declined, and also sets none."""
        self.stands_by, self.stands_at, self.stands_why = by, at, why.strip()
        self.save(update_fields=["stands_by", "stands_at", "stands_why"])


class Meeting(models.Model):
    """One meeting about a case. A changed one has a higher version; one that was cancelled says why."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="meetings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=100)
    begins_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    place = models.CharField(max_length=400, blank=True)
    online = models.URLField(max_length=1_000, blank=True)
    priority = models.BooleanField(default=False)
    chair = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    takes_part = models.TextField(max_length=2_000)
    adjustments = models.TextField(max_length=2_000, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    """When this version was made."""
    version = models.PositiveIntegerField(default=1)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.TextField(max_length=2_000, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["kind", "begins_at", "minutes", "place", "online", "priority"], Privacy.SENSITIVE),
        **dict.fromkeys(["takes_part", "adjustments", "cancelled_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["chair", "set_by"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "case", "number", "organisation", "set_at", "version", "cancelled_at"], Privacy.OPERATIONAL
        ),
    }

    class Meta:
        """Numbered within a case; has a place or a link; cancelled with a reason."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="meeting_numbered_once"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(online=""), name="meeting_is_somewhere"),
            models.CheckConstraint(
                condition=~Q(takes_part=""), name="meeting_says_how_the_person_takes_part"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_why="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_why="")),
                name="meeting_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.id}"

    # Factories

    @classmethod
    def hold(
        cls, *, case: Case, number: int, plan: Plan, organisation_id: UUID, by: str, at: datetime
    ) -> "Meeting":
        """Set a meeting."""
        return cls.objects.create(
            case=case, number=number, organisation_id=organisation_id, set_by=by, set_at=at,
            **_columns(plan),
        )  # fmt: skip

    # Mutators

    def change(self, plan: Plan, *, by: str, at: datetime) -> None:
        """Change it to what is given now."""
        for name, value in _columns(plan).items():
            setattr(self, name, value)
        self.set_by, self.set_at, self.version = by, at, self.version + 1
        self.save(update_fields=[*_columns(plan), "set_by", "set_at", "version"])

    def cancel(self, *, why: str, by: str, at: datetime) -> None:
        """It does not take place. Agencies invited are told when it was to be, also if they lose the case."""
        self.cancelled_at, self.cancelled_why, self.version = at, why.strip(), self.version + 1
        self.set_by, self.set_at = by, at
        self.save(update_fields=["cancelled_at", "cancelled_why", "version", "set_by", "set_at"])
        self.invited.exclude(organisation=None).update(would_have_begun_at=self.begins_at)

    def invite(self, invited: Iterable[tuple[UUID | None, str, str]]) -> None:
        """Invite agencies, by id, and people in the person's life, by name; each with why."""
        Invited.objects.bulk_create(
            Invited(meeting=self, organisation_id=organisation_id, name=name, why=why)
            for organisation_id, name, why in invited
        )


class Invited(models.Model):
    """An agency, or somebody in the person's life, invited to a meeting, with why and their answer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invited")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    """None for somebody in the person's life."""
    name = models.CharField(max_length=200)
    why = models.CharField(max_length=400, blank=True)
    coming = models.CharField(
        max_length=10, choices=[(each, each) for each in Coming], default=Coming.NOT_YET
    )
    why_not = models.CharField(max_length=20, choices=[(each, each) for each in WhyNot], blank=True)
    words = models.TextField(max_length=2_000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    before_why_not = models.CharField(max_length=20, choices=[(each, each) for each in WhyNot], blank=True)
    """Why they could not come before the meeting was last moved; empty once they said that they come."""
    before_words = models.TextField(max_length=10_000, blank=True)
    """What they said each time before it was moved, a line each, with the name and reason of who said it."""
    before_by = models.CharField(max_length=200, blank=True)
    """Who gave ``before_why_not``."""
    would_have_begun_at = models.DateTimeField(null=True, blank=True)
    """For an agency, once the meeting is cancelled: it reads this also if it no longer sees the case."""
    attended = models.CharField(
        max_length=10, choices=[(each, each) for each in Attended], default=Attended.NOT_YET
    )
    attended_why = models.TextField(max_length=2_000, blank=True)
    """Why they did not come."""

    privacy: ClassVar[dict[str, Privacy]] = {
        "name": Privacy.IDENTIFYING,
        **dict.fromkeys(
            ["organisation", "why", "coming", "why_not", "before_why_not", "attended"], Privacy.SENSITIVE
        ),
        **dict.fromkeys(["words", "before_words", "attended_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["answered_by", "answered_by_id", "before_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "meeting", "answered_at", "would_have_begun_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each once; an apology has a reason."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "name"], name="invited_to_meeting_once"),
            models.CheckConstraint(
                condition=~Q(coming=Coming.APOLOGY) | (~Q(why_not="") & ~Q(words="")),
                name="apology_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"invited {self.id}"

    @property
    def attendance(self) -> Attendance:
        """Whether they came, for the rules."""
        return Attendance(Attended(self.attended), self.attended_why)

    # Mutators

    def answer(self, coming: Coming, *, why_not: str, words: str, by: str, by_id: UUID, at: datetime) -> None:
        """Store whether they are coming and, if not, why not."""
        self.coming, self.why_not, self.words = coming, why_not, words.strip()
        self.answered_by, self.answered_by_id, self.answered_at = by, by_id, at
        self.save(
            update_fields=["coming", "why_not", "words", "answered_by", "answered_by_id", "answered_at"]
        )

    def ask_again(self, said: str) -> None:
        """Ask once more, since the meeting was moved; an apology, in words, stays beside the new answer."""
        # also if they had said that they come: then an earlier apology is no longer what they said last
        self.before_why_not = self.why_not
        self.before_by = self.answered_by if self.why_not else ""
        self.before_words = "\n".join(filter(None, [self.before_words, said]))
        self.coming, self.why_not, self.words = Coming.NOT_YET, "", ""
        self.answered_by, self.answered_by_id, self.answered_at = "", None, None
        self.save(
            update_fields=[
                "coming", "why_not", "words", "answered_by", "answered_by_id", "answered_at",
                "before_why_not", "before_words", "before_by",
            ]
        )  # fmt: skip

    def note(self, attendance: Attendance) -> None:
        """Store whether they came and, if not, why not."""
        self.attended = attendance.attended
        self.attended_why = "" if attendance.attended in CAME else attendance.why.strip()
        self.save(update_fields=["attended", "attended_why"])


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "kind": plan.kind.strip(), "begins_at": plan.begins_at, "minutes": plan.minutes,
        "place": plan.place.strip(), "online": plan.online.strip(), "priority": plan.priority,
        "chair_id": plan.chair_id, "takes_part": plan.takes_part.strip(),
        "adjustments": plan.adjustments.strip(),
    }  # fmt: skip

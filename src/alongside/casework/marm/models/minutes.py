"""What agencies say before a meeting, its minutes with what the family says, and what is added later."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.meetings import Meeting
from alongside.casework.marm.rules.minutes import PRESENT, TookPart, Written
from alongside.casework.marm.rules.reports import Report, Topic

SECTIONS = (
    "views", "declined_why", "story", "person_risk", "missing", "known", "gaps", "agencies_risk", "next_time",
)  # fmt: skip
PARTS = ("facts", "opinions", "person_said", "strengths", "risks", "offer", "limits")


class AgencyReport(models.Model):
    """What an agency knows, before a meeting. A later one by the same agency replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    nothing_known = models.BooleanField(default=False)
    facts = models.TextField(max_length=10_000, blank=True)
    opinions = models.TextField(max_length=5_000, blank=True)
    person_said = models.TextField(max_length=5_000, blank=True)
    strengths = models.TextField(max_length=5_000, blank=True)
    risks = models.TextField(max_length=5_000, blank=True)
    offer = models.TextField(max_length=5_000, blank=True)
    limits = models.TextField(max_length=5_000, blank=True)
    topics = ArrayField(
        models.CharField(max_length=20, choices=[(each, each) for each in Topic]), default=list, blank=True
    )
    sent_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["nothing_known", "topics"], Privacy.SENSITIVE),
        **dict.fromkeys(PARTS, Privacy.FREE_TEXT),
        "sent_by": Privacy.STAFF,
        **dict.fromkeys(["id", "meeting", "organisation", "sent_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Found by meeting."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["meeting", "organisation", "-sent_at"], name="reports_of_meeting"),
        ]

    def __str__(self) -> str:
        return f"report {self.id}"

    # Factories

    @classmethod
    def send(
        cls, *, meeting: Meeting, organisation_id: UUID, report: Report, by: str, at: datetime
    ) -> "AgencyReport":
        """Keep what an agency says."""
        return cls.objects.create(
            meeting=meeting, organisation_id=organisation_id, nothing_known=report.nothing_known,
            topics=list(report.topics), sent_by=by, sent_at=at,
            **{name: getattr(report, name).strip() for name in PARTS},
        )  # fmt: skip

    def says(self, report: Report) -> bool:
        """Whether it says exactly this, as when a form is sent twice."""
        same = (self.nothing_known, self.topics) == (report.nothing_known, list(report.topics))
        return same and all(getattr(self, name) == getattr(report, name).strip() for name in PARTS)


class Minutes(models.Model):
    """Minutes of a meeting. Once closed they do not change; corrections are added."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes_of")
    took_part = models.CharField(
        max_length=20, choices=[(each, each) for each in TookPart], default=TookPart.NOT_YET
    )
    views = models.TextField(max_length=10_000, blank=True)
    declined_why = models.TextField(max_length=2_000, blank=True)
    story = models.TextField(max_length=10_000, blank=True)
    person_risk = models.TextField(max_length=5_000, blank=True)
    missing = models.TextField(max_length=2_000, blank=True)
    known = models.TextField(max_length=20_000, blank=True)
    gaps = models.TextField(max_length=5_000, blank=True)
    agencies_risk = models.TextField(max_length=5_000, blank=True)
    next_time = models.TextField(max_length=2_000, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_by = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField()
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "took_part": Privacy.SENSITIVE,
        **dict.fromkeys(SECTIONS, Privacy.FREE_TEXT),
        **dict.fromkeys(["saved_by", "closed_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "meeting", "version", "saved_at", "closed_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Never closed without the person, or what they think and want."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(took_part__in=PRESENT)
                | (
                    Q(took_part__in=[TookPart.ADVOCATE, TookPart.WRITTEN, TookPart.TRUSTED_WORKER])
                    & ~Q(views="")
                )
                | (Q(took_part=TookPart.DECLINED) & ~Q(declined_why="")),
                name="minutes_closed_with_the_person",
            ),
        ]

    def __str__(self) -> str:
        return f"minutes {self.id}"

    # Factories

    @classmethod
    def begin(cls, *, meeting: Meeting, at: datetime) -> "Minutes":
        """Start empty minutes."""
        return cls.objects.create(meeting=meeting, saved_at=at)

    # Mutators

    def write(self, written: Written, *, by: str, at: datetime) -> None:
        """Store what is written now."""
        self.took_part = written.took_part
        for name in SECTIONS:
            setattr(self, name, getattr(written, name).strip())
        self.version, self.saved_by, self.saved_at = self.version + 1, by, at
        self.save(update_fields=["took_part", *SECTIONS, "version", "saved_by", "saved_at"])

    def close(self, *, by: str, at: datetime) -> None:
        """Close them: they do not change from now on."""
        self.closed_by, self.closed_at = by, at
        self.save(update_fields=["closed_by", "closed_at"])


class FamilyView(models.Model):
    """What somebody in the person's life thinks and wants, and what the person said about asking them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="family_views")
    name = models.CharField(max_length=320)
    wish = models.CharField(max_length=10)
    """What the person said about speaking with them: ``yes`` or ``only_if``, at the time."""
    wish_words = models.TextField(blank=True)
    words = models.TextField(max_length=5_000)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "name": Privacy.IDENTIFYING,
        "wish": Privacy.SENSITIVE,
        **dict.fromkeys(["wish_words", "words"], Privacy.FREE_TEXT),
        "by": Privacy.STAFF,
        **dict.fromkeys(["id", "minutes", "at"], Privacy.OPERATIONAL),
    }

    def __str__(self) -> str:
        return f"family view {self.id}"


class Addendum(models.Model):
    """What is added to closed minutes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="addenda")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    words = models.TextField(max_length=5_000)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        "by": Privacy.STAFF,
        **dict.fromkeys(["id", "minutes", "organisation", "at"], Privacy.OPERATIONAL),
    }

    def __str__(self) -> str:
        return f"addendum {self.id}"

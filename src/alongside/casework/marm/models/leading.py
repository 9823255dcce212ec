"""Who leads a case: exactly one at a time, asked and accepted, with its history."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Membership
from alongside.casework.marm.models.cases import Case


class Lead(models.Model):
    """A member asked to lead a case: whether they accepted, and until when they led."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="leads")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    acting = models.BooleanField(default=False)
    """True for whoever asked for the approach: they co-ordinate until somebody has agreed to lead."""
    why = models.TextField(max_length=2_000, blank=True)
    """Why they were asked; empty for whoever acts."""
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_why = models.TextField(max_length=2_000, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["member", "asked_by"], Privacy.STAFF),
        "acting": Privacy.SENSITIVE,
        **dict.fromkeys(["why", "declined_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(
            ["id", "case", "asked_at", "accepted_at", "declined_at", "until"], Privacy.OPERATIONAL
        ),
    }  # fmt: skip

    class Meta:
        """One leads, one acts, one is asked: each at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(acting=False, accepted_at__isnull=False, until=None),
                name="one_lead_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(acting=True, until=None), name="one_acts_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(acting=False, accepted_at=None, declined_at=None, until=None),
                name="one_is_asked_to_lead",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="lead_accepts_or_declines"
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | ~Q(declined_why=""), name="lead_declines_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"lead {self.id}"

    # Factories

    @classmethod
    def act(cls, *, case: Case, member: Membership, by: str, at: datetime) -> "Lead":
        """Let whoever asked for the approach co-ordinate until somebody leads."""
        return cls.objects.create(
            case=case, member=member, acting=True, why="", asked_by=by, asked_at=at, accepted_at=at,
        )  # fmt: skip

    @classmethod
    def ask(cls, *, case: Case, member: Membership, why: str, by: str, at: datetime) -> "Lead":
        """Ask somebody to lead."""
        return cls.objects.create(case=case, member=member, why=why.strip(), asked_by=by, asked_at=at)

    # Mutators

    def accept(self, *, at: datetime) -> None:
        """Let them lead from now on; the previous lead was ended first."""
        self.accepted_at = at
        self.save(update_fields=["accepted_at"])

    def decline(self, *, why: str, at: datetime) -> None:
        """Save that they said no, and why."""
        self.declined_at, self.declined_why = at, why.strip()
        self.save(update_fields=["declined_at", "declined_why"])

    def end(self, *, at: datetime) -> None:
        """End their leading, acting or being asked."""
        self.until = at
        self.save(update_fields=["until"])

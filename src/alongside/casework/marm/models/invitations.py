"""Invitations of other organisations into a case, with their answers and reasons."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.invitations import Answered, WhyNot
from alongside.casework.people.models import Person


class Invitation(models.Model):
    """An invitation. Whoever is invited sees who is meant and why, and the case only once it accepts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="case_invitations")
    who = models.CharField(max_length=400)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    why = models.TextField(max_length=5_000)
    purpose = models.CharField(max_length=80, blank=True)
    """The purpose the inviter was working for; it tells the database which of the person's choices apply."""
    invited_by = models.CharField(max_length=200)
    invited_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(each, each) for each in Answered])
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=20, choices=[(each, each) for each in WhyNot], blank=True)
    why_not_words = models.TextField(max_length=2_000, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "who"], Privacy.IDENTIFYING),
        **dict.fromkeys(["organisation", "from_organisation", "state", "why_not"], Privacy.SENSITIVE),
        **dict.fromkeys(["why", "why_not_words"], Privacy.FREE_TEXT),
        **dict.fromkeys(["invited_by", "answered_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "case", "purpose", "invited_at", "answered_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """One open invitation at a time; never declined without a reason."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "organisation"], condition=Q(state=Answered.ASKED), name="invited_once"
            ),
            models.CheckConstraint(
                condition=Q(state=Answered.ASKED, answered_at=None)
                | (~Q(state=Answered.ASKED) & Q(answered_at__isnull=False)),
                name="invitation_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(state=Answered.DECLINED) & ~Q(why_not="") & ~Q(why_not_words="")
                | ~Q(state=Answered.DECLINED) & Q(why_not="", why_not_words=""),
                name="invitation_declined_with_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"], name="invitations_to"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.id}"

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        case: Case,
        who: str,
        organisation_id: UUID,
        from_organisation_id: UUID,
        why: str,
        purpose: str,
        by: str,
        at: datetime,
    ) -> "Invitation":
        """Invite an organisation."""
        return cls.objects.create(
            case=case, person_id=case.person_id, who=who,
            organisation_id=organisation_id, from_organisation_id=from_organisation_id, why=why.strip(),
            purpose=purpose, invited_by=by, invited_at=at, state=Answered.ASKED,
        )  # fmt: skip

    # Mutators

    def accept(self, *, by: str, at: datetime) -> None:
        """Store that it takes part."""
        self.state, self.answered_by, self.answered_at = Answered.ACCEPTED, by, at
        self.save(update_fields=["state", "answered_by", "answered_at"])

    def decline(self, why_not: WhyNot, *, words: str, by: str, at: datetime) -> None:
        """Store that it does not, and why."""
        self.state, self.answered_by, self.answered_at = Answered.DECLINED, by, at
        self.why_not, self.why_not_words = why_not, words.strip()
        self.save(update_fields=["state", "answered_by", "answered_at", "why_not", "why_not_words"])

    def end(self, *, by: str, at: datetime) -> None:
        """Store that the case ended before it was answered, and who ended it."""
        self.state, self.answered_by, self.answered_at = Answered.ENDED, by, at
        self.save(update_fields=["state", "answered_by", "answered_at"])

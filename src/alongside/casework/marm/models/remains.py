"""What remains of a risk when a case ends, as put to an agency; and what the agency says about it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.models.endings import Ending
from alongside.casework.marm.rules.ending import Agreed, Risk
from alongside.casework.people.models import Person


class SharedRisk(models.Model):
    """What remains, put to one agency: seen even if it can no longer see the person. Answered once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="shared_risk")
    person = models.ForeignKey(Person, models.CASCADE, related_name="shared_risk")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    who = models.CharField(max_length=400)
    risk = models.CharField(max_length=10, choices=[(each, each) for each in Risk])
    who_knows = models.TextField(max_length=5_000)
    reopens = models.TextField(max_length=5_000)
    who_notices = models.TextField(max_length=5_000)
    """The statement, as it was put to them."""
    put_by = models.CharField(max_length=200)
    put_from = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    agrees = models.CharField(max_length=10, choices=[(each, each) for each in Agreed], blank=True)
    words = models.TextField(max_length=5_000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "who"], Privacy.IDENTIFYING),
        **dict.fromkeys(["organisation", "risk", "agrees"], Privacy.SENSITIVE),
        **dict.fromkeys(["who_knows", "reopens", "who_notices", "words"], Privacy.FREE_TEXT),
        **dict.fromkeys(["put_by", "answered_by", "answered_by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "case", "put_from", "put_at", "answered_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each agency once; one that does not agree says why."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "organisation"], name="risk_shared_once"),
            models.CheckConstraint(
                condition=Q(agrees="", answered_at=None, words="")
                | (~Q(agrees="") & Q(answered_at__isnull=False)),
                name="shared_risk_answered_when",
            ),
            models.CheckConstraint(
                condition=~Q(agrees=Agreed.NOT_AGREED) | ~Q(words=""), name="shared_risk_not_agreed_why"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["organisation"], condition=Q(answered_at=None), name="shared_risk_waiting"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"what remains {self.id}"

    # Factories

    @classmethod
    def put(
        cls, *, ending: Ending, who: str, organisation_id: UUID, put_from_id: UUID, by: str
    ) -> "SharedRisk":
        """Put what remains to an agency."""
        return cls.objects.create(
            case=ending.case, person_id=ending.case.person_id, organisation_id=organisation_id,
            who=who,
            risk=ending.risk, who_knows=ending.who_knows, reopens=ending.reopens,
            who_notices=ending.who_notices, put_by=by, put_from_id=put_from_id, put_at=ending.ended_at,
        )  # fmt: skip

    # Mutators

    def take_answer(self, agrees: Agreed, *, words: str, by: str, by_id: UUID, at: datetime) -> None:
        """Save what the agency says about it; once."""
        self.agrees, self.words = agrees, words.strip()
        self.answered_by, self.answered_by_id, self.answered_at = by, by_id, at
        self.save(update_fields=["agrees", "words", "answered_by", "answered_by_id", "answered_at"])

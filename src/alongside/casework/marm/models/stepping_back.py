"""An agency's stepping back while a risk was open, and the lead's answer."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.marm.models.cases import Case, CaseAgency
from alongside.casework.marm.models.disputes import CaseDispute
from alongside.casework.marm.rules.stepping_back import Accepts, SteppingBack


class SteppedBack(models.Model):
    """What an agency said when it stepped back: kept as it was said, and answered once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="stepped_back")
    agency = models.OneToOneField(CaseAgency, models.CASCADE, related_name="stepped_back")
    who_holds = models.TextField(max_length=5_000)
    person_told = models.TextField(max_length=5_000)
    agencies_told = models.TextField(max_length=5_000)
    actions_open = models.PositiveSmallIntegerField()
    """How many of their actions were still to do: they were warned of them."""
    decisions = models.PositiveSmallIntegerField()
    """How many decisions they took a position on: likewise."""
    said_by = models.CharField(max_length=200)
    said_by_id = models.UUIDField()
    said_at = models.DateTimeField()
    accepts = models.CharField(max_length=20, choices=[(each, each) for each in Accepts], blank=True)
    answer = models.TextField(max_length=5_000, blank=True)
    dispute = models.ForeignKey(CaseDispute, models.PROTECT, related_name="+", null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["accepts", "actions_open", "decisions"], Privacy.SENSITIVE),
        **dict.fromkeys(["who_holds", "person_told", "agencies_told", "answer"], Privacy.FREE_TEXT),
        **dict.fromkeys(["said_by", "said_by_id", "answered_by", "answered_by_id"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "case", "agency", "dispute", "said_at", "answered_at"], Privacy.OPERATIONAL
        ),
    }  # fmt: skip

    class Meta:
        """Nothing left blank; what is not accepted is a dispute."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(who_holds="") & ~Q(person_told="") & ~Q(agencies_told=""),
                name="stepped_back_whole",
            ),
            models.CheckConstraint(
                condition=Q(accepts="", answer="", answered_at=None)
                | (~Q(accepts="") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="stepped_back_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(accepts=Accepts.NOT_ACCEPTED, dispute__isnull=False)
                | (~Q(accepts=Accepts.NOT_ACCEPTED) & Q(dispute=None)),
                name="stepped_back_not_accepted_is_disputed",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case"], condition=Q(answered_at=None), name="stepped_back_unanswered"),
        ]

    def __str__(self) -> str:
        return f"stepping back {self.id}"

    # Factories

    @classmethod
    def keep(
        cls,
        *,
        agency: CaseAgency,
        said: SteppingBack,
        actions_open: int,
        decisions: int,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "SteppedBack":
        """Save what an agency said."""
        return cls.objects.create(
            case_id=agency.case_id, agency=agency, who_holds=said.who_holds.strip(),
            person_told=said.person_told.strip(), agencies_told=said.agencies_told.strip(),
            actions_open=actions_open, decisions=decisions, said_by=by, said_by_id=by_id, said_at=at,
        )  # fmt: skip

    # Mutators

    def take_answer(
        self,
        accepts: Accepts,
        *,
        words: str,
        dispute: CaseDispute | None,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> None:
        """Save the lead's answer; once."""
        self.accepts, self.answer, self.dispute = accepts, words.strip(), dispute
        self.answered_by, self.answered_by_id, self.answered_at = by, by_id, at
        self.save(
            update_fields=["accepts", "answer", "dispute", "answered_by", "answered_by_id", "answered_at"]
        )

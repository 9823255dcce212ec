"""What agencies disagree about in a case, and each step taken to settle it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.actions import Action
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.disputes import About, CameOf, Differs, Rung


class CaseDisputeQuerySet(models.QuerySet["CaseDispute"]):
    """Queries about disputes."""

    def standing(self) -> "CaseDisputeQuerySet":
        """Those neither settled nor decided at the last step."""
        return self.filter(Exists(DisputeRung.objects.filter(dispute=OuterRef("id"), came="")))


class CaseDispute(models.Model):
    """One agency's disagreement with another: about what, and what happens meanwhile. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="disputes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    against = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    about = models.CharField(max_length=20, choices=[(each, each) for each in About])
    action = models.ForeignKey(Action, models.PROTECT, related_name="disputes", null=True, blank=True)
    words = models.TextField(max_length=5_000)
    meanwhile = models.TextField(max_length=5_000)
    raised_by = models.CharField(max_length=200)
    raised_by_id = models.UUIDField()
    raised_at = models.DateTimeField()

    objects = CaseDisputeQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["organisation", "against", "about"], Privacy.SENSITIVE),
        **dict.fromkeys(["words", "meanwhile"], Privacy.FREE_TEXT),
        **dict.fromkeys(["raised_by", "raised_by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "case", "action", "raised_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Between two different agencies, with nothing left blank."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(meanwhile=""), name="dispute_says_what_and_meanwhile"
            ),
            models.CheckConstraint(condition=~Q(organisation=models.F("against")), name="dispute_of_two"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "-raised_at"], name="disputes_of_case"),
        ]

    def __str__(self) -> str:
        return f"dispute {self.id}"

    # Factories

    @classmethod
    def put(
        cls,
        *,
        case: Case,
        organisation_id: UUID,
        against_id: UUID,
        differs: Differs,
        action: Action | None,
        rung: Rung,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "CaseDispute":
        """Save a disagreement, at the lowest step."""
        made = cls.objects.create(
            case=case, organisation_id=organisation_id, against_id=against_id, about=differs.about,
            action=action, words=differs.words.strip(), meanwhile=differs.meanwhile.strip(), raised_by=by,
            raised_by_id=by_id, raised_at=at,
        )  # fmt: skip
        DisputeRung.begin(dispute=made, rung=rung, who=differs.who, at=at)
        return made


class DisputeRung(models.Model):
    """One step in settling it: who speaks to whom, by when, and what came of it, once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dispute = models.ForeignKey(CaseDispute, models.CASCADE, related_name="rungs")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    """As the area pack had it that day."""
    who = models.TextField(max_length=2_000)
    begun_at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_late_at = models.DateTimeField(null=True, blank=True)
    came = models.CharField(max_length=10, choices=[(each, each) for each in CameOf], blank=True)
    came_words = models.TextField(max_length=5_000, blank=True)
    came_from = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    """The agency that wrote down what came of it."""
    came_by = models.CharField(max_length=200, blank=True)
    came_by_id = models.UUIDField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["title", "came"], Privacy.SENSITIVE),
        **dict.fromkeys(["who", "came_words"], Privacy.FREE_TEXT),
        **dict.fromkeys(["came_by", "came_by_id"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "dispute", "number", "begun_at", "due_at", "told_late_at", "came_from", "came_at"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """Each step once, one at a time; the outcome is complete or absent."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dispute", "number"], name="rung_once"),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(came=""), name="one_rung_of_a_dispute_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(came="", came_words="", came_at=None)
                | (~Q(came="") & ~Q(came_words="") & Q(came_at__isnull=False)),
                name="rung_came_whole",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(came=""), name="rungs_due"),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of {self.dispute_id}"

    # Factories

    @classmethod
    def begin(cls, *, dispute: CaseDispute, rung: Rung, who: str, at: datetime) -> "DisputeRung":
        """Begin a step."""
        return cls.objects.create(
            dispute=dispute, number=rung.number, title=rung.title, who=who.strip(), begun_at=at,
            due_at=rung.due_at,
        )  # fmt: skip

    # Mutators

    def end(
        self, came: CameOf, *, words: str, organisation_id: UUID, by: str, by_id: UUID, at: datetime
    ) -> None:
        """Save what came of it; once."""
        self.came, self.came_words, self.came_from_id = came, words.strip(), organisation_id
        self.came_by, self.came_by_id, self.came_at = by, by_id, at
        self.save(
            update_fields=["came", "came_words", "came_from", "came_by", "came_by_id", "came_at"]
        )  # fmt: skip

    def note_told_late(self, *, at: datetime) -> None:
        """Save that somebody was told it is late; once."""
        self.told_late_at = at
        self.save(update_fields=["told_late_at"])

"""Death or serious harm during a case, and whether a review is asked for."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.models.onward import Onward
from alongside.casework.marm.rules.harm import Happened, Harm, InDanger


class HarmNoted(models.Model):
    """What happened, when it was learned of and from whom; and, once, whether a review was asked for."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="harm_noted")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    harm = models.CharField(max_length=20, choices=[(each, each) for each in Harm])
    words = models.TextField(max_length=10_000)
    happened_on = models.DateField(null=True, blank=True)
    learned_on = models.DateField()
    learned_from = models.TextField(max_length=2_000)
    others = models.CharField(max_length=10, choices=[(each, each) for each in InDanger])
    """Whether others are in danger."""
    others_words = models.TextField(max_length=5_000, blank=True)
    noted_by = models.CharField(max_length=200)
    noted_by_id = models.UUIDField()
    noted_at = models.DateTimeField()
    review = models.OneToOneField(Onward, models.PROTECT, related_name="+", null=True, blank=True)
    """What was sent to the review board; None if nothing was."""
    review_why = models.TextField(max_length=5_000, blank=True)
    """Why a review is asked for, or is not."""
    answered_by = models.CharField(max_length=200, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["harm", "happened_on", "learned_on", "others", "organisation"], Privacy.SENSITIVE),
        **dict.fromkeys(["words", "learned_from", "others_words", "review_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["noted_by", "noted_by_id", "answered_by", "answered_by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "case", "noted_at", "review", "answered_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Nothing left blank; danger to others always comes with what is being done."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(learned_from=""), name="harm_noted_whole"),
            models.CheckConstraint(
                condition=~Q(others=InDanger.YES) | ~Q(others_words=""), name="harm_danger_to_others_seen_to"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, review=None, review_why="")
                | (Q(answered_at__isnull=False) & ~Q(review_why="")),
                name="harm_review_answered_with_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case"], condition=Q(answered_at=None), name="harm_without_review"),
        ]

    def __str__(self) -> str:
        return f"harm {self.id}"

    # Factories

    @classmethod
    def note(
        cls, *, case: Case, organisation_id: UUID, happened: Happened, by: str, by_id: UUID, at: datetime
    ) -> "HarmNoted":
        """Save what happened."""
        return cls.objects.create(
            case=case, organisation_id=organisation_id, harm=happened.harm, words=happened.words.strip(),
            happened_on=happened.happened_on, learned_on=happened.learned_on,
            learned_from=happened.learned_from.strip(), others=happened.others,
            others_words=happened.others_words.strip(), noted_by=by, noted_by_id=by_id, noted_at=at,
        )  # fmt: skip

    # Mutators

    def take_answer(self, review: Onward | None, *, why: str, by: str, by_id: UUID, at: datetime) -> None:
        """Save that a review was asked for, or why not; once."""
        self.review, self.review_why = review, why.strip()
        self.answered_by, self.answered_by_id, self.answered_at = by, by_id, at
        self.save(update_fields=["review", "review_why", "answered_by", "answered_by_id", "answered_at"])

"""Reviews of requests about a person that were declined again, and their outcomes."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.reviews import Outcome, Reviewed
from alongside.casework.people.models import Person

ANSWER = ("outcome", "why", "advice", "route", "answered_by", "answered_by_id", "answered_at")
"""The columns written when it is answered."""


class DeclineReview(models.Model):
    """A review, raised automatically: the requests, whose co-ordinators answer, and what they said."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="decline_reviews")
    case = models.ForeignKey(Case, models.CASCADE, related_name="decline_reviews")
    """The request declined last: the one that may be opened after all."""
    declined = ArrayField(models.UUIDField())
    """Ids of all the requests that count."""
    taking_part = ArrayField(models.UUIDField())
    """Ids of the organisations that asked or answer, and so see it. The wall checks this."""
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    """Whose co-ordinators answer."""
    asked_by_ids = ArrayField(models.UUIDField())
    declined_by_ids = ArrayField(models.UUIDField())
    raised_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=[(each, each) for each in Outcome], blank=True)
    why = models.TextField(max_length=5_000, blank=True)
    advice = models.TextField(max_length=5_000, blank=True)
    route = models.CharField(max_length=60, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["outcome", "route"], Privacy.SENSITIVE),
        **dict.fromkeys(["why", "advice"], Privacy.FREE_TEXT),
        **dict.fromkeys(["asked_by_ids", "declined_by_ids", "answered_by", "answered_by_id"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "case", "declined", "taking_part", "organisation", "raised_at", "answered_at"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """One open review at a time; answered in full, by nobody who declined or asked."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(answered_at=None), name="one_decline_review_waits"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="", why="", answered_by_id=None)
                | (
                    Q(answered_at__isnull=False, answered_by_id__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(why="")
                    & ~Q(answered_by="")
                ),
                name="decline_review_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.UPHELD) | (~Q(advice="") & ~Q(route="")),
                name="decline_upheld_with_route",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.MORE) | ~Q(advice=""), name="decline_review_says_what_more"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "answered_at"], name="decline_reviews_that_wait"),
        ]

    def __str__(self) -> str:
        return f"review {self.id}"

    # Factories

    @classmethod
    def of_declined(
        cls, *, person_id: UUID, last: Case, declined: Collection[Case], organisation_id: UUID, at: datetime
    ) -> "DeclineReview":
        """Raise it for the co-ordinators of an organisation."""
        return cls.objects.create(
            person_id=person_id, case=last, declined=[each.id for each in declined],
            taking_part=sorted({organisation_id, *(key for each in declined for key in each.taking_part)}),
            organisation_id=organisation_id, raised_at=at,
            asked_by_ids=sorted({each.asked_by_id for each in declined}),
            declined_by_ids=sorted({each.settled_by_id for each in declined if each.settled_by_id}),
        )  # fmt: skip

    # Mutators

    def answer(self, said: Reviewed, *, by: str, by_id: UUID, at: datetime) -> None:
        """Store the reviewer's answer, once."""
        self.outcome, self.why, self.advice = said.outcome, said.why.strip(), said.advice.strip()
        self.route, self.answered_by, self.answered_by_id = said.route, by, by_id
        self.answered_at = at
        self.save(update_fields=[*ANSWER])

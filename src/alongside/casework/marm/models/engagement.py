"""What every agency taking part tried, to get in touch with the person a case is about."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.engagement import CameOfIt, Engagement, Tried


class EngagementTry(models.Model):
    """One try at getting in touch, what came of it, and what worked. Kept as it was said."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="engagement")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField()
    tried = models.CharField(max_length=20, choices=[(each, each) for each in Tried])
    words = models.TextField(max_length=5_000)
    came = models.CharField(max_length=20, choices=[(each, each) for each in CameOfIt])
    worked = models.TextField(max_length=2_000, blank=True)
    noted_by = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["words", "worked"], Privacy.FREE_TEXT),
        **dict.fromkeys(["tried", "came"], Privacy.SENSITIVE),
        "noted_by": Privacy.STAFF,
        **dict.fromkeys(["id", "case", "organisation", "on", "noted_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Read by case, newest first; it says what was tried."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "-on", "-noted_at"], name="engagement_of_case")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(words=""), name="engagement_says_what")
        ]

    def __str__(self) -> str:
        return f"engagement try {self.id}"

    # Factories

    @classmethod
    def note(
        cls, *, case: Case, organisation_id: UUID, said: Engagement, by: str, at: datetime
    ) -> "EngagementTry":
        """Save what was tried."""
        return cls.objects.create(
            case=case, organisation_id=organisation_id, on=said.on, tried=said.tried,
            words=said.words.strip(), came=said.came, worked=said.worked.strip(), noted_by=by, noted_at=at,
        )  # fmt: skip

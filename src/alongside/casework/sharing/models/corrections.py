"""That those who were told something which turned out to be wrong were told so (UK GDPR Article 19)."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.sharing.models.decisions import Disclosure


class RecipientTold(models.Model):
    """A notice to an organisation that was told something: it was corrected or erased, or is disputed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="notices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    because_of = models.UUIDField()
    """What led to it, such as a dispute: a recipient is told once about each."""
    words = models.TextField(max_length=5_000)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "words": Privacy.FREE_TEXT,
        "organisation": Privacy.SENSITIVE,
        **dict.fromkeys(["by_name", "confirmed_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "disclosure", "because_of", "at", "confirmed_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Once to each recipient; who confirmed it and when go together."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["disclosure", "because_of"], name="recipient_told_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
                name="recipient_confirmed_by_whom",
            ),
        ]

    # Factories

    @classmethod
    def tell(
        cls, disclosures: Iterable[Disclosure], *, because_of: UUID, words: str, by: str, at: datetime
    ) -> list["RecipientTold"]:
        """Tell each organisation that was told."""
        return RecipientTold.objects.bulk_create(
            RecipientTold(
                disclosure=each,
                organisation_id=each.organisation_id,
                because_of=because_of,
                words=words,
                by_name=by,
                at=at,
            )
            for each in disclosures
        )

    # Mutators

    def confirm(self, *, by: str, at: datetime) -> None:
        """Record who confirmed that it arrived."""
        self.confirmed_by, self.confirmed_at = by, at
        self.save(update_fields=["confirmed_by", "confirmed_at"])

"""People in a person's network linked to a case, for the risk from them and to them."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.family import FamilyRiskSaid
from alongside.casework.people.models import Contact


class FamilyRisk(models.Model):
    """The risk from somebody in the person's network, and to them. Kept as said, ended once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="family_risks")
    contact = models.ForeignKey(Contact, models.SET_NULL, related_name="family_risks", null=True, blank=True)
    """None once it was erased with another person, to whom it went when records were separated: what is said
    here stays, with their name."""
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    """Their name in the network that day; so too their relationship to the person."""
    relationship = models.CharField(max_length=100)
    from_them = models.TextField(max_length=5_000, blank=True)
    to_them = models.TextField(max_length=5_000, blank=True)
    says = models.TextField(max_length=2_000)
    """Who says so, and how they know."""
    noted_by = models.CharField(max_length=200)
    noted_at = models.DateTimeField()
    ended_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(max_length=2_000, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["contact", "name"], Privacy.IDENTIFYING),
        "relationship": Privacy.SENSITIVE,
        **dict.fromkeys(["from_them", "to_them", "says", "ended_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["noted_by", "ended_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "case", "organisation", "noted_at", "ended_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """From them or to them, with who says so; ended with a reason."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(~Q(from_them="") | ~Q(to_them="")) & ~Q(says=""), name="family_risk_says_what"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="", ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_why="") & ~Q(ended_by="")),
                name="family_risk_ends_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"family risk {self.id}"

    # Factories

    @classmethod
    def note(
        cls,
        *,
        case: Case,
        contact: Contact,
        organisation_id: UUID,
        said: FamilyRiskSaid,
        by: str,
        at: datetime,
    ) -> "FamilyRisk":
        """Save what is said of somebody in the person's network."""
        return cls.objects.create(
            case=case, contact=contact, organisation_id=organisation_id, name=contact.name,
            relationship=contact.relationship, from_them=said.from_them.strip(),
            to_them=said.to_them.strip(), says=said.says.strip(), noted_by=by, noted_at=at,
        )  # fmt: skip

    # Mutators

    def end(self, *, why: str, by: str, at: datetime) -> None:
        """Mark it as ended, with the reason; what was said stays."""
        self.ended_why, self.ended_by, self.ended_at = why.strip(), by, at
        self.save(update_fields=["ended_why", "ended_by", "ended_at"])

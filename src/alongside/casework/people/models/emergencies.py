"""A record opened in an emergency, and tries that found nobody."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models.person import Person
from alongside.casework.people.rules import emergency_ends


class EmergencyAccess(models.Model):
    """A record that somebody opened in an emergency: why, until when, and what the review said."""

    class Told(models.TextChoices):
        """Whether the person knows that their record was opened (domain A.6: told if that is safe)."""

        TOLD = "told", _("Yes, they were told")
        WILL_BE = "will_be", _("Not yet: whoever works with them will tell them")
        NOT_SAFE = "not_safe", _("No: telling them would put somebody in danger")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    user_id = models.UUIDField()
    user_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.TextField()
    purpose = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    verdict = models.CharField(max_length=20, blank=True)
    review_note = models.TextField(blank=True)
    person_told = models.CharField(max_length=10, choices=Told, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["user_id", "user_name", "reviewed_by"], Privacy.STAFF),
        **dict.fromkeys(["reason", "review_note"], Privacy.FREE_TEXT),
        **dict.fromkeys(
            [
                "id",
                "organisation",
                "purpose",
                "opened_at",
                "ends_at",
                "reviewed_at",
                "verdict",
                "person_told",
            ],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """It ends, and somebody else reviews it, at some time, with a verdict."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="emergency_ends"),
            models.CheckConstraint(condition=~Q(reviewed_by=F("user_id")), name="reviewed_by_another"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, verdict="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(verdict="")),
                name="reviewed_when_by_whom_and_how",
            ),
        ]

    # Factories

    @classmethod
    def begin(
        cls,
        *,
        person: Person,
        user_id: UUID,
        user_name: str,
        organisation_id: UUID,
        reason: str,
        purpose: str,
        at: datetime,
    ) -> "EmergencyAccess":
        """Open a record in an emergency."""
        return cls.objects.create(
            person=person,
            user_id=user_id,
            user_name=user_name,
            organisation_id=organisation_id,
            reason=reason,
            purpose=purpose,
            opened_at=at,
            ends_at=emergency_ends(at),
        )

    @staticmethod
    def people_open_to(user_id: UUID, organisation_id: UUID, *, at: datetime) -> frozenset[UUID]:
        """Return the ids of all records somebody has open in an emergency (migration 0003)."""
        with connection.cursor() as cursor:
            cursor.execute("select people_open_in_emergency(%s, %s, %s)", [user_id, organisation_id, at])
            return frozenset(cursor.fetchone()[0])

    # Queries

    @property
    def last_looked(self) -> str:
        """When somebody last reviewed it, to compare with; empty where nobody has."""
        return self.reviewed_at.isoformat() if self.reviewed_at else ""

    @property
    def reviewed(self) -> str:
        """What the last reviewer wrote, and what they said about telling the person."""
        if not self.person_told:
            return self.review_note
        return _("%(note)s Does the person know? %(told)s.") % {
            "note": self.review_note,
            "told": self.get_person_told_display(),
        }

    # Mutators

    def close(self, *, at: datetime) -> None:
        """End it early."""
        self.ends_at = max(at, self.opened_at + timedelta(microseconds=1))
        self.save(update_fields=["ends_at"])

    def review(self, *, by: UUID, at: datetime, verdict: str, note: str, person_told: str) -> None:
        """Record what the reviewer thinks of it."""
        self.reviewed_by, self.reviewed_at, self.verdict, self.review_note = by, at, verdict, note
        self.person_told = person_told
        self.save(update_fields=["reviewed_by", "reviewed_at", "verdict", "review_note", "person_told"])


class EmergencyMiss(models.Model):
    """A try to open a record in an emergency that found nobody; who was meant is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user_id = models.UUIDField()
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "user_id": Privacy.STAFF,
        **dict.fromkeys(["id", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Looked up by who tried."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user_id", "at"], name="misses_of_member"),
        ]

    # Factories

    @classmethod
    def note(cls, *, user_id: UUID, at: datetime) -> None:
        """Note one."""
        cls.objects.create(user_id=user_id, at=at)

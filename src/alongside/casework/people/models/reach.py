"""Who may see whom: the first wall for queries, and what row-level security looks at as the second."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models import F, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models.person import Person
from alongside.casework.people.rules import ReachWhy, emergency_ends


class Reach(models.Model):
    """That an organisation may see a person, and why. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="reaches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=[(why, why) for why in ReachWhy])
    about = models.UUIDField(null=True)
    """The release, request or referral that gave it; none for what came with a merge."""
    purpose = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        "organisation": Privacy.SENSITIVE,
        **dict.fromkeys(["id", "why", "about", "purpose", "since", "until"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Found by organisation, and once for each reason."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["organisation", "person"], condition=Q(until=None), name="reach_by_organisation"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "organisation", "why", "about"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="reach_once",
            ),
        ]

    # Factories

    @classmethod
    def give(
        cls,
        *,
        person_id: UUID,
        organisation_id: UUID,
        why: ReachWhy,
        at: datetime,
        about: UUID | None = None,
        purpose: str = "",
    ) -> None:
        """Let an organisation see a person; the same reason is given once.

        By the person's id, since whoever gives it may not see them yet.
        """
        given = Reach(
            person_id=person_id,
            organisation_id=organisation_id,
            why=why,
            about=about,
            purpose=purpose,
            since=at,
        )
        Reach.objects.bulk_create([given], ignore_conflicts=True)

    @classmethod
    def give_many(
        cls, given: list[tuple[UUID, UUID]], *, why: ReachWhy, at: datetime, about: UUID, purpose: str
    ) -> None:
        """Let organisations see people, many at a time: ids of a person and of an organisation."""
        Reach.objects.bulk_create(
            [
                Reach(
                    person_id=person_id,
                    organisation_id=organisation_id,
                    why=why,
                    about=about,
                    purpose=purpose,
                    since=at,
                )
                for person_id, organisation_id in given
            ],
            ignore_conflicts=True,
            batch_size=2_000,
        )

    # Mutators

    @classmethod
    def end_one(cls, *, person_id: UUID, organisation_id: UUID, about: UUID, at: datetime) -> None:
        """End what a release gave one organisation of one person."""
        cls.objects.filter(
            person_id=person_id, organisation_id=organisation_id, about=about, until=None
        ).update(until=at)

    @classmethod
    def end_all(cls, *, about: UUID, at: datetime) -> None:
        """End whatever a release, request or referral gave."""
        cls.objects.filter(about=about, until=None).update(until=at)

    @staticmethod
    def share(*, person_id: UUID, at: datetime) -> None:
        """After joining or parting: whoever may see one record of a person may see all, and nobody else.

        The database does the same whenever a reach begins or ends (migration 0003).
        """
        with connection.cursor() as cursor:
            cursor.execute("select people_share_reach(%s, %s)", [person_id, at])


class EmergencyAccess(models.Model):
    """That somebody opened a record in an emergency, why, until when, and what was said of it afterwards."""

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

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["user_id", "user_name", "reviewed_by"], Privacy.STAFF),
        **dict.fromkeys(["reason", "review_note"], Privacy.FREE_TEXT),
        **dict.fromkeys(
            ["id", "organisation", "purpose", "opened_at", "ends_at", "reviewed_at", "verdict"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """It ends, and it is looked at by somebody else, at some time, with a verdict."""

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

    # Mutators

    def review(self, *, by: UUID, at: datetime, verdict: str, note: str) -> None:
        """Say afterwards what one thinks of it."""
        self.reviewed_by, self.reviewed_at, self.verdict, self.review_note = by, at, verdict, note
        self.save(update_fields=["reviewed_by", "reviewed_at", "verdict", "review_note"])

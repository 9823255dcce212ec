"""Who may see whom: the first wall, for queries, and the data for the second, row-level security."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models.person import Person
from alongside.casework.people.rules import ReachWhy


class Reach(models.Model):
    """An organisation's right to see a person, and why. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="reaches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=[(why, why) for why in ReachWhy])
    about = models.UUIDField(null=True)
    """The release, request or referral that gave it; None if it came with a merge."""
    purpose = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        "organisation": Privacy.SENSITIVE,
        **dict.fromkeys(["id", "why", "about", "purpose", "since", "until"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Looked up by organisation, and there is one for each reason."""

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

        Takes the person's id, because the actor may not see them yet.
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
        """Let organisations see people, many at a time: pairs of a person's id and an organisation's id."""
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
        """End the reach to one person that a release or case gave one organisation."""
        cls.objects.filter(
            person_id=person_id, organisation_id=organisation_id, about=about, until=None
        ).update(until=at)

    @classmethod
    def end_all_of(cls, *, organisation_id: UUID, about: UUID, at: datetime) -> None:
        """End every reach that a case gave one organisation: records may have been joined or parted since."""
        cls.objects.filter(organisation_id=organisation_id, about=about, until=None).update(until=at)

    @classmethod
    def end_all(cls, *, about: UUID, at: datetime) -> None:
        """End every reach that a release, request or referral gave."""
        cls.objects.filter(about=about, until=None).update(until=at)

    def end(self, *, at: datetime) -> None:
        """End it."""
        self.until = at
        self.save(update_fields=["until"])

    def go_to(self, person: Person, *, at: datetime) -> None:
        """End it, and let the organisation see another person for the same reason: it was about them."""
        self.end(at=at)
        Reach.give(
            person_id=person.id,
            organisation_id=self.organisation_id,
            why=ReachWhy(self.why),
            at=at,
            about=self.about,
            purpose=self.purpose,
        )

    @staticmethod
    def share(*, person_id: UUID, at: datetime) -> None:
        """After joining or separating, let those who may see one record of a person see all, and nobody else.

        The database does the same whenever a reach begins or ends (migration 0003).
        """
        with connection.cursor() as cursor:
            cursor.execute("select people_share_reach(%s, %s)", [person_id, at])

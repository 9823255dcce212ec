"""The members of the partnership and their teams."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy


class Partnership(models.Model):
    """The partnership that this installation is for: one row, with its name."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "name"], Privacy.OPERATIONAL)

    class Meta:
        """There is only one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_partnership"),
        ]

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def begin(cls, *, name: str) -> "Partnership":
        """Set it up."""
        return cls.objects.create(name=name)


class Organisation(models.Model):
    """A member of the partnership. A peer-support group is the equal of the council, with all it can do."""

    class Kind(models.TextChoices):
        """What kind of body it is; the area pack uses the same words."""

        COUNCIL = "council", _("Council")
        NHS = "nhs", "NHS"
        POLICE = "police", _("Police")
        FIRE = "fire", _("Fire and rescue")
        HOUSING = "housing", _("Housing")
        PROBATION = "probation", _("Probation")
        SCHOOL = "school", _("School")
        CHARITY = "charity", _("Charity or community group")
        PEER_SUPPORT = "peer_support", _("Peer support")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    remit = models.TextField(blank=True)
    thresholds = models.TextField(blank=True)
    how_we_work = models.TextField(blank=True)
    what_we_can_offer = models.TextField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            "id", "code", "name", "kind", "remit", "thresholds", "how_we_work", "what_we_can_offer",
            "telephone",
        ],
        Privacy.OPERATIONAL,
    )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def join(cls, *, code: str, name: str, kind: str) -> "Organisation":
        """Add an organisation to the partnership."""
        organisation = cls(code=code, name=name, kind=kind)
        organisation.full_clean()
        organisation.save()
        return organisation

    # Mutators

    def describe(
        self, *, remit: str, thresholds: str, how_we_work: str, what_we_can_offer: str, telephone: str
    ) -> None:
        """Say what it does, who for, how, and how to reach it."""
        self.remit, self.thresholds, self.how_we_work = remit, thresholds, how_we_work
        self.what_we_can_offer, self.telephone = what_we_can_offer, telephone
        self.save(update_fields=["remit", "thresholds", "how_we_work", "what_we_can_offer", "telephone"])


class Team(models.Model):
    """A team of an organisation, with the services it runs and how many people it can take on in a week."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    telephone = models.CharField(max_length=40, blank=True)
    capacity_per_week = models.PositiveIntegerField(null=True, blank=True)
    services = models.JSONField(default=list, blank=True)
    """Codes of the pack's services that this team runs: work routed to those comes here."""

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "organisation", "name", "telephone", "capacity_per_week", "services"], Privacy.OPERATIONAL
    )

    class Meta:
        """Team names are unique within an organisation."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def form(
        cls,
        *,
        organisation: Organisation,
        name: str,
        telephone: str = "",
        capacity_per_week: int | None = None,
        services: list[str] | None = None,
    ) -> "Team":
        """Form a team."""
        return cls.objects.create(
            organisation=organisation,
            name=name,
            telephone=telephone,
            capacity_per_week=capacity_per_week,
            services=services or [],
        )

    # Mutators

    def change(
        self, *, name: str, telephone: str, capacity_per_week: int | None, services: list[str]
    ) -> None:
        """Change what the team is called, how to reach it, what it takes on and which services it runs."""
        self.name, self.telephone = name, telephone
        self.capacity_per_week, self.services = capacity_per_week, services
        self.save(update_fields=["name", "telephone", "capacity_per_week", "services"])

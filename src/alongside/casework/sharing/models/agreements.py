"""Information sharing agreements. They say nothing about any person."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.sharing.rules.agreements import Extent, Reminder, Terms
from alongside.casework.sharing.rules.basis import DataClass


class Agreement(models.Model):
    """What organisations in the partnership signed about sharing for some purposes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    parties = models.ManyToManyField(Organisation, related_name="agreements")
    purposes = ArrayField(models.CharField(max_length=60))
    kinds = ArrayField(models.CharField(max_length=20, choices=[(e.value, e.value) for e in DataClass]))
    """Which classes of data."""
    extent = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Extent])
    owner = models.CharField(max_length=200)
    """The post that is responsible for it."""
    signed = models.DateField()
    begins = models.DateField()
    ends = models.DateField()
    review = models.DateField()
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            "id", "reference", "title", "purposes", "kinds", "extent", "owner", "signed", "begins",
            "ends", "review", "version",
        ],
        Privacy.OPERATIONAL,
    )  # fmt: skip

    class Meta:
        """It does not end before it begins."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="agreement_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.reference

    # Factories

    @classmethod
    def sign(
        cls, *, reference: str, title: str, owner: str, terms: Terms, parties: list[Organisation]
    ) -> "Agreement":
        """Keep an agreement that organisations signed."""
        signed = cls(reference=reference, title=title, owner=owner, **_columns(terms))
        signed.save()
        signed.parties.set(parties)
        return signed

    # Mutators

    def change(self, *, title: str, owner: str, terms: Terms, parties: list[Organisation]) -> list[str]:
        """Change what it says, and return the names of the fields that changed."""
        given = {"title": title, "owner": owner, **_columns(terms)}
        changed = [name for name, value in given.items() if getattr(self, name) != value]
        if terms.parties != self.terms.parties:
            changed.append("parties")
        for name, value in given.items():
            setattr(self, name, value)
        self.version += 1
        self.save()
        self.parties.set(parties)
        return changed

    def remind(self, step: Reminder, *, at: datetime) -> None:
        """Record that its keepers were told of its end, as it stands now."""
        AgreementReminder.objects.create(agreement=self, ends=self.ends, step=step.value, at=at)

    # Queries

    @property
    def terms(self) -> Terms:
        """What it says, for the rules; parties by id."""
        return Terms(
            signed=self.signed,
            begins=self.begins,
            ends=self.ends,
            review=self.review,
            parties=frozenset(str(each.id) for each in self.parties.all()),
            purposes=frozenset(self.purposes),
            kinds=frozenset(map(DataClass, self.kinds)),
            extent=Extent(self.extent),
        )

    @property
    def reminders_sent(self) -> set[Reminder]:
        """The reminders sent about its end, as it stands now."""
        return {Reminder(each.step) for each in self.reminders.all() if each.ends == self.ends}


class AgreementReminder(models.Model):
    """That those who keep agreements were told that one is ending. A renewed one has reminders of its own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="reminders")
    ends = models.DateField()
    step = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Reminder])
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "agreement", "ends", "step", "at"], Privacy.OPERATIONAL
    )

    class Meta:
        """Each reminder is sent once for each end."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "ends", "step"], name="a_reminder_once"),
        ]


def _columns(terms: Terms) -> dict[str, Any]:
    """What an agreement says, as columns of its table; its parties are rows of their own."""
    return {
        "signed": terms.signed, "begins": terms.begins, "ends": terms.ends, "review": terms.review,
        "purposes": sorted(terms.purposes),
        "kinds": [each.value for each in DataClass if each in terms.kinds],
        "extent": terms.extent.value,
    }  # fmt: skip

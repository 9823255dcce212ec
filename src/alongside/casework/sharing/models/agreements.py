"""Information sharing agreements. They say nothing of any person."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.sharing.rules.agreements import Reach, Terms
from alongside.casework.sharing.rules.basis import DataClass


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements, as one speaks of them."""

    def not_ended(self, day: date) -> "AgreementQuerySet":
        """Those that hold on a day or will."""
        return self.filter(ends__gte=day)


class Agreement(models.Model):
    """What organisations of the partnership signed about sharing for some purposes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    parties = models.ManyToManyField(Organisation, related_name="agreements")
    purposes = ArrayField(models.CharField(max_length=60))
    kinds = ArrayField(models.CharField(max_length=20, choices=[(e.value, e.value) for e in DataClass]))
    """Which classes of data."""
    reach = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Reach])
    owner = models.CharField(max_length=200)
    """The post that answers for it."""
    signed = models.DateField()
    begins = models.DateField()
    ends = models.DateField()
    review = models.DateField()
    version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            "id", "reference", "title", "purposes", "kinds", "reach", "owner", "signed", "begins",
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
    def sign(cls, *, parties: list[Organisation], **terms: Any) -> "Agreement":
        """Keep an agreement that organisations signed."""
        signed: Agreement = cls.objects.create(**terms)
        signed.parties.set(parties)
        return signed

    # Mutators

    def change(self, *, parties: list[Organisation], **terms: Any) -> list[str]:
        """Change what it says, and return the names of what is different now."""
        changed = [name for name, value in terms.items() if getattr(self, name) != value]
        if {each.id for each in parties} != {each.id for each in self.parties.all()}:
            changed.append("parties")
        for name in terms:
            setattr(self, name, terms[name])
        self.version += 1
        self.save()
        self.parties.set(parties)
        return changed

    # Queries

    @property
    def terms(self) -> Terms:
        """What it says, for the rules; parties by id."""
        return Terms(
            begins=self.begins,
            ends=self.ends,
            review=self.review,
            parties=frozenset(str(each.id) for each in self.parties.all()),
            purposes=frozenset(self.purposes),
            kinds=frozenset(map(DataClass, self.kinds)),
            reach=Reach(self.reach),
        )

"""Notes that a person was given their statement: when, how, in what language, by whom; never what it said."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person


class StatementGiven(models.Model):
    """A note that a person read or was given their statement. Only ever added."""

    class How(models.TextChoices):
        """How it was given."""

        TOGETHER = "together", _("Read together")
        IN_PERSON = "in_person", _("Handed to them")
        POST = "post", _("By post")
        EMAIL = "email", _("By e-mail that only they can open")

    class Form(models.TextChoices):
        """In what format."""

        SCREEN = "screen", _("On a screen")
        PAPER = "paper", _("On paper")
        PDF = "pdf", _("As a PDF")
        EASY_READ = "easy_read", _("As an Easy Read PDF")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="statements_given")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    form = models.CharField(max_length=10, choices=Form)
    language = models.CharField(max_length=60)
    interpreter = models.CharField(max_length=200, blank=True)
    explained_by = models.CharField(max_length=200)
    said = models.TextField(max_length=2_000, blank=True)
    """What the person said about it, word for word."""
    fingerprint = models.CharField(max_length=64)
    """Shows whether it still says the same today."""
    by_id = models.UUIDField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["language", "interpreter"], Privacy.SENSITIVE),
        "said": Privacy.FREE_TEXT,
        **dict.fromkeys(["explained_by", "by_id", "by"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "organisation", "on", "how", "form", "fingerprint", "at"], Privacy.OPERATIONAL
        ),
    }

    class Meta:
        """Newest are read first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-on"], name="statements_given_to"),
        ]

    # Factories

    @classmethod
    def note(
        cls,
        *,
        person: Person,
        organisation_id: UUID,
        on: date,
        fingerprint: str,
        by_id: UUID,
        by: str,
        at: datetime,
        **how: Any,
    ) -> "StatementGiven":
        """Note that it was given; ``how`` holds the columns that say in which way."""
        return cls.objects.create(
            person=person, organisation_id=organisation_id, on=on, fingerprint=fingerprint, by_id=by_id,
            by=by, at=at, **how,
        )  # fmt: skip

"""What was decided for a person who could not decide it, and what had been thought of."""

from dataclasses import asdict
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.capacity.models.records import WORDS, CapacityRecord, one_of
from alongside.casework.capacity.rules.best_interests import Imca, Reasoning, Regain, Serious
from alongside.casework.people.models import Person


class BestInterests(models.Model):
    """A decision made for a person (Mental Capacity Act 2005 s.4). Never changed; a newer stands above it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    record = models.ForeignKey(CapacityRecord, models.PROTECT, related_name="best_interests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    written_down_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    past_wishes = models.TextField(max_length=WORDS)
    present_wishes = models.TextField(max_length=WORDS)
    beliefs = models.TextField(max_length=WORDS)
    consulted = models.TextField(max_length=WORDS, blank=True)
    nobody_to_consult = models.BooleanField()
    regain = models.CharField(max_length=12, choices=one_of(Regain))
    can_wait = models.BooleanField()
    regain_words = models.TextField(max_length=WORDS)
    options = models.TextField(max_length=WORDS)
    less_restrictive = models.TextField(max_length=WORDS)
    serious = models.CharField(max_length=12, choices=one_of(Serious))
    imca = models.CharField(max_length=12, choices=one_of(Imca))
    imca_words = models.TextField(max_length=WORDS, blank=True)
    decision = models.TextField(max_length=WORDS)
    why = models.TextField(max_length=WORDS)
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(
            [
                "past_wishes", "present_wishes", "beliefs", "consulted", "regain_words", "options",
                "less_restrictive", "imca_words", "decision", "why",
            ],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(
            [
                "organisation", "nobody_to_consult", "regain", "can_wait", "serious", "imca", "decided_on",
            ],
            Privacy.SENSITIVE,
        ),
        **dict.fromkeys(["written_down_by", "decided_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "record", "recorded_at"], Privacy.OPERATIONAL),
    }  # fmt: skip

    # Factories

    @classmethod
    def write_down(
        cls, *, record: CapacityRecord, given: Reasoning, by: str, organisation_id: UUID, at: datetime
    ) -> "BestInterests":
        """Write down what was decided; whoever calls has looked whether it can be kept."""
        made = cls(
            person_id=record.person_id,
            record=record,
            written_down_by=by,
            organisation_id=organisation_id,
            recorded_at=at,
            **asdict(given),
        )
        made.full_clean()
        made.save(force_insert=True)
        return made

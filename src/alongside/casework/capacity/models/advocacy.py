"""Whether a person has a right to an independent advocate, and what came of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.capacity.models.kept import WORDS, Kept, one_of
from alongside.casework.capacity.models.records import CapacityRecord
from alongside.casework.capacity.rules.advocacy import Advocacy, Asked, Objection, Occasion, Right, Step
from alongside.casework.capacity.rules.assessing import Function
from alongside.casework.people.models import Person


class Advocate(models.Model):
    """The questions asked about a right to an advocate, and where it stands."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="advocates")
    record = models.ForeignKey(CapacityRecord, models.PROTECT, related_name="+", null=True, blank=True)
    """The capacity record that prompted the question, if one did."""
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()

    occasion = models.CharField(max_length=12, choices=one_of(Occasion))
    difficulties = ArrayField(models.CharField(max_length=12, choices=one_of(Function)), blank=True)
    difficulty_words = models.TextField(max_length=WORDS, blank=True)
    helper = models.CharField(max_length=200, blank=True)
    objections = ArrayField(models.CharField(max_length=12, choices=one_of(Objection)), blank=True)
    person_agrees = models.BooleanField()
    right = models.CharField(max_length=12, choices=one_of(Right), blank=True)
    """The section that gives the right; empty if there is none."""

    state = models.CharField(max_length=20, choices=one_of(Advocacy))
    version = models.PositiveIntegerField(default=1)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "helper"], Privacy.IDENTIFYING),
        "difficulty_words": Privacy.FREE_TEXT,
        **dict.fromkeys(
            [
                "organisation", "occasion", "difficulties", "objections", "person_agrees", "right", "state",
            ],
            Privacy.SENSITIVE,
        ),
        "asked_by": Privacy.STAFF,
        **dict.fromkeys(["id", "record", "asked_at", "version"], Privacy.OPERATIONAL),
    }  # fmt: skip

    class Meta:
        """What an organisation still has to do is looked up by where it stands."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"], name="advocates_waited_for"),
        ]

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        person: Person,
        record: CapacityRecord | None,
        asked: Asked,
        right: Right | None,
        state: Advocacy,
        by: str,
        organisation_id: UUID,
        at: datetime,
    ) -> "Advocate":
        """Save what was asked, and where it stands as a result."""
        columns: dict[str, Any] = asdict(asked) | {
            "difficulties": [each.value for each in asked.difficulties],
            "objections": [each.value for each in asked.objections],
        }
        made = cls(
            person=person,
            record=record,
            right=right or "",
            state=state,
            asked_by=by,
            organisation_id=organisation_id,
            asked_at=at,
            **columns,
        )
        made.full_clean()
        made.save(force_insert=True)
        return made

    # Mutators

    def go_on(self, *, step: Step, by: str, organisation_id: UUID, at: datetime) -> "AdvocateStep":
        """Move to another state, and keep what happened."""
        made = AdvocateStep.keep(
            person_id=self.person_id,
            by=by,
            organisation_id=organisation_id,
            at=at,
            advocacy=self,
            state=step.state,
            on=step.on,
            advocate=step.advocate,
            advocate_of=step.organisation,
            words=step.words,
        )
        self.state = step.state
        self.version += 1
        self.save(update_fields=["state", "version"])
        return made


class AdvocateStep(Kept):
    """One thing that happened on the way to an advocate. Never changed."""

    advocacy = models.ForeignKey(Advocate, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20, choices=one_of(Advocacy))
    on = models.DateField()
    advocate = models.CharField(max_length=200, blank=True)
    advocate_of = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=WORDS, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **Kept.whose,
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(["state", "on", "advocate_of"], Privacy.SENSITIVE),
        "advocate": Privacy.STAFF,
        "advocacy": Privacy.OPERATIONAL,
    }

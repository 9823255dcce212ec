"""Whether a person could make one decision, what others think about that, and legal advice on pressure."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.capacity.models.kept import WORDS, Kept, one_of
from alongside.casework.capacity.rules.assessing import (
    Able,
    Assessment,
    Confidence,
    Function,
    Help,
    Pressure,
    Recognises,
    State,
    same_decision,
    words_of,
)
from alongside.casework.people.models import Person


class CapacityRecord(models.Model):
    """What was found about one decision on one day. Nobody changes it: a newer one follows it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="capacity_records")
    follows = models.ForeignKey("self", models.PROTECT, related_name="followed_by", null=True, blank=True)
    """The record of the same decision that was written down before it; which day either is about is another
    question."""
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    assessed_by = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    decision = models.TextField(max_length=500)
    why_now = models.TextField(max_length=WORDS)
    information = models.TextField(max_length=WORDS, blank=True)
    chosen_by = models.CharField(max_length=200)
    assessed_on = models.DateField()
    help = ArrayField(models.CharField(max_length=20, choices=one_of(Help)), blank=True)
    help_words = models.TextField(max_length=WORDS, blank=True)
    understand = models.CharField(max_length=12, choices=one_of(Able))
    understand_seen = models.TextField(max_length=WORDS, blank=True)
    retain = models.CharField(max_length=12, choices=one_of(Able))
    retain_seen = models.TextField(max_length=WORDS, blank=True)
    weigh = models.CharField(max_length=12, choices=one_of(Able))
    weigh_seen = models.TextField(max_length=WORDS, blank=True)
    communicate = models.CharField(max_length=12, choices=one_of(Able))
    communicate_seen = models.TextField(max_length=WORDS, blank=True)
    impairment = models.TextField(max_length=WORDS, blank=True)
    because = models.TextField(max_length=WORDS, blank=True)
    says = models.TextField(max_length=WORDS, blank=True)
    does = models.TextField(max_length=WORDS, blank=True)
    gap = models.TextField(max_length=WORDS, blank=True)
    others_saw = models.TextField(max_length=WORDS, blank=True)
    recognises = models.CharField(max_length=12, choices=one_of(Recognises))
    pattern = models.TextField(max_length=WORDS, blank=True)
    best_time = models.CharField(max_length=200, blank=True)
    best_place = models.CharField(max_length=200, blank=True)
    best_with = models.CharField(max_length=200, blank=True)
    when_not = models.TextField(max_length=WORDS, blank=True)
    pressure = models.CharField(max_length=16, choices=one_of(Pressure))
    pressure_words = models.TextField(max_length=WORDS, blank=True)
    advice_from = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, choices=one_of(State))
    reasons = models.TextField(max_length=WORDS)
    confidence = models.CharField(max_length=10, choices=one_of(Confidence))
    next_check = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(
            [
                "decision", "why_now", "information", "help_words", "impairment", "because", "says", "does",
                "gap", "others_saw", "pattern", "when_not", "pressure_words", "reasons",
                *(f"{each}_seen" for each in Function),
            ],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(
            [
                "organisation", "chosen_by", "assessed_on", "help", "recognises", "best_time", "best_place",
                "best_with", "pressure", "advice_from", "outcome", "confidence", "next_check", *Function,
            ],
            Privacy.SENSITIVE,
        ),
        **dict.fromkeys(["assessed_by", "role"], Privacy.STAFF),
        **dict.fromkeys(["id", "follows", "recorded_at"], Privacy.OPERATIONAL),
    }  # fmt: skip

    class Meta:
        """Only one follows another; and nobody is said to lack capacity except in the order of the law."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person"], name="capacity_of_person"),
            models.Index(fields=["organisation", "next_check"], name="capacity_to_check"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["follows", "person"], name="followed_once"),
            models.CheckConstraint(
                condition=~Q(outcome=State.LACKS)
                | (
                    ~Q(help=[])
                    & ~Q(help_words="")
                    & ~Q(impairment="")
                    & ~Q(because="")
                    & Q(next_check__isnull=False)
                    & Q(pressure__in=[Pressure.NONE_SEEN, Pressure.BESIDE])
                    & (Q(understand="no") | Q(retain="no") | Q(weigh="no") | Q(communicate="no"))
                ),
                name="lacks_after_help_and_because_of_an_impairment",
            ),
        ]

    # Factories

    @classmethod
    def write_down(
        cls,
        *,
        person: Person,
        given: Assessment,
        follows: "CapacityRecord | None",
        by: str,
        organisation_id: UUID,
        at: datetime,
    ) -> "CapacityRecord":
        """Save what was found; the caller has checked that it can be saved."""
        columns: dict[str, Any] = asdict(given) | {"help": [each.value for each in given.help]}
        made = cls(
            person=person,
            follows=follows,
            organisation_id=organisation_id,
            assessed_by=by,
            recorded_at=at,
            **columns,
        )
        made.full_clean()
        made.save(force_insert=True)
        return made


class CapacityView(Kept):
    """What somebody else thinks of a record: an agency may disagree, but never changes it."""

    class Stance(models.TextChoices):
        """Whether they agree."""

        AGREES = "agrees", _("Agrees")
        DISAGREES = "disagrees", _("Disagrees")
        UNSURE = "unsure", _("Is not sure")

    record = models.ForeignKey(CapacityRecord, models.PROTECT, related_name="views")
    stance = models.CharField(max_length=10, choices=Stance)
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200)
    why = models.TextField(max_length=WORDS)

    privacy: ClassVar[dict[str, Privacy]] = {
        **Kept.whose,
        "why": Privacy.FREE_TEXT,
        **dict.fromkeys(["stance", "agency"], Privacy.SENSITIVE),
        "name": Privacy.STAFF,
        "record": Privacy.OPERATIONAL,
    }


class AdviceNote(Kept):
    """Legal advice asked for because somebody stands in the way of a free decision; or what it was."""

    class What(models.TextChoices):
        """What happened."""

        ASKED = "asked", _("Advice was asked for")
        ANSWERED = "answered", _("The advice came")

    record = models.ForeignKey(CapacityRecord, models.PROTECT, related_name="advice")
    what = models.CharField(max_length=10, choices=What)
    of_whom = models.CharField(max_length=200)
    on = models.DateField()
    words = models.TextField(max_length=WORDS)

    privacy: ClassVar[dict[str, Privacy]] = {
        **Kept.whose,
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(["what", "on"], Privacy.SENSITIVE),
        "of_whom": Privacy.STAFF,
        "record": Privacy.OPERATIONAL,
    }


def latest_of(records: Iterable[CapacityRecord]) -> list[CapacityRecord]:
    """Return of each decision among these the record assessed last; the last assessed of them first."""
    latest: dict[tuple[str, ...], CapacityRecord] = {}
    for each in _last_assessed_first(records):
        latest.setdefault(words_of(each.decision), each)
    return list(latest.values())


def chain_of(record: CapacityRecord, records: Iterable[CapacityRecord]) -> list[CapacityRecord]:
    """Return all records among these about the same decision as one of them, last assessed first."""
    return [each for each in _last_assessed_first(records) if same_decision(each.decision, record.decision)]


def next_after(record: CapacityRecord, chain: list[CapacityRecord]) -> CapacityRecord | None:
    """Return the record assessed next of the same decision, out of its chain; None if there is none."""
    place = chain.index(record)
    return chain[place - 1] if place else None


def last_written(chain: Iterable[CapacityRecord]) -> CapacityRecord:
    """Return the record of a decision that was written down last, which the next one follows."""
    return max(_not_followed(chain), key=lambda each: each.recorded_at)


def _last_assessed_first(records: Iterable[CapacityRecord]) -> list[CapacityRecord]:
    """In the order of the days they are about.

    A visit may be written up after a later one, and of two records joined neither follows the other, so what
    was written down last is not always what was found last.
    """
    among = list(records)
    not_followed = _not_followed(among)
    return sorted(
        among,
        key=lambda each: (each.assessed_on, each.recorded_at, each in not_followed),
        reverse=True,
    )


def _not_followed(records: Iterable[CapacityRecord]) -> list[CapacityRecord]:
    among = list(records)
    followed = {each.follows_id for each in among}
    return [each for each in among if each.id not in followed]

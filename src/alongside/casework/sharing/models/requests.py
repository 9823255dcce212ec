"""What one agency asks another to tell it about a person. Seen by those two, and never changed once sent."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person
from alongside.casework.sharing.rules.basis import DataClass
from alongside.casework.sharing.rules.letters import letter
from alongside.casework.sharing.rules.requests import OPEN, Asked, Power, Refusal, State, Step, Urgency

STILL_OPEN = sorted(each.value for each in OPEN)


class InformationRequest(models.Model):
    """A request for information, with the letter exactly as it was sent, and what came of it.

    The agency asked sees the letter, not the record: ``who`` is the person as the asker described them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    who = models.CharField(max_length=400)
    asked_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=80)
    what_for = models.TextField(max_length=2_000)
    """A public authority's task; for any other organisation, why it asks."""
    power = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Power], blank=True)
    """Empty if the asker is not a public authority."""
    power_words = models.CharField(max_length=300, blank=True)
    kinds = ArrayField(models.CharField(max_length=20, choices=[(e.value, e.value) for e in DataClass]))
    person_knows = models.BooleanField()
    why_not_told = models.TextField(max_length=2_000, blank=True)
    urgency = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Urgency])
    due = models.DateField()
    how_to_answer = models.TextField(max_length=1_000)
    letter = models.TextField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(each.value, each.value) for each in State])
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_words = models.TextField(max_length=5_000, blank=True)
    """The written reasons for a refusal, or what was said when it ended another way."""
    refusal = models.CharField(max_length=12, choices=[(e.value, e.value) for e in Refusal], blank=True)
    decision_id = models.UUIDField(null=True, blank=True)
    """The decision by which an answer was shared."""

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "who", "letter"], Privacy.IDENTIFYING),
        **dict.fromkeys(["asked_of", "kinds", "person_knows"], Privacy.SENSITIVE),
        **dict.fromkeys(["what_for", "why_not_told", "how_to_answer", "ended_words"], Privacy.FREE_TEXT),
        **dict.fromkeys(["asked_by_name", "ended_by_name"], Privacy.STAFF),
        **dict.fromkeys(
            [
                "id", "asked_by", "purpose", "power", "power_words", "urgency", "due", "asked_at", "state",
                "ended_at", "refusal", "decision_id",
            ],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """Made to another organisation; a refusal says why; what has ended has a time."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_of", "state"], name="requests_to"),
            models.Index(fields=["asked_by", "state"], name="requests_from"),
            models.Index(fields=["person"], name="requests_about"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(asked_by=F("asked_of")), name="requested_of_another"),
            models.CheckConstraint(
                condition=(Q(state=State.REFUSED.value) & ~Q(refusal="") & ~Q(ended_words=""))
                | (~Q(state=State.REFUSED.value) & Q(refusal="")),
                name="refused_with_written_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=STILL_OPEN, ended_at=None)
                | (~Q(state__in=STILL_OPEN) & Q(ended_at__isnull=False)),
                name="request_ended_when",
            ),
            models.CheckConstraint(
                condition=Q(person_knows=True) | ~Q(why_not_told=""), name="not_told_of_request_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=State.ANSWERED.value, decision_id__isnull=False)
                | (~Q(state=State.ANSWERED.value) & Q(decision_id=None)),
                name="answered_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it is waiting for an answer."""
        return self.state in OPEN

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        it: Asked,
        person: Person,
        asked_by_id: UUID,
        asked_of: Organisation,
        purpose: str,
        at: datetime,
    ) -> "InformationRequest":
        """Send a request: the letter is written now, and kept."""
        wish = it.wish
        made = cls(
            person=person,
            who=it.who,
            asked_by_id=asked_by_id,
            asked_by_name=it.signed_by,
            asked_of=asked_of,
            purpose=purpose,
            what_for=wish.what_for,
            power=wish.power or "",
            power_words=wish.power_words if wish.power is Power.OTHER else "",
            kinds=[each.value for each in DataClass if each in wish.kinds],
            person_knows=wish.person_knows,
            why_not_told="" if wish.person_knows else wish.why_not_told,
            urgency=wish.urgency,
            due=it.due,
            how_to_answer=wish.how_to_answer,
            letter=letter(it),
            asked_at=at,
            state=State.ASKED,
        )
        made.save(force_insert=True)
        RequestItem.objects.bulk_create(
            RequestItem(request=made, number=number, what=each.what, why=each.why, period=each.period)
            for number, each in enumerate(wish.items, start=1)
        )
        return made

    # Mutators

    def chase(self, step: Step, *, by: str, at: datetime) -> None:
        """Record a reminder. One to the asker alone does not make the request chased."""
        RequestChaser.objects.create(request=self, step=step, by_name=by, at=at)
        if step is not Step.DUE and self.state != State.CHASED:
            self.state = State.CHASED
            self.save(update_fields=["state"])

    def refuse(self, refusal: Refusal, *, words: str, by: str, at: datetime) -> None:
        """Refuse, with written reasons."""
        self.refusal = refusal
        self._end(State.REFUSED, words=words, by=by, at=at)

    def hold_nothing(self, *, words: str, by: str, at: datetime) -> None:
        """Say that nothing is held."""
        self._end(State.NOTHING_HELD, words=words, by=by, at=at)

    def withdraw(self, *, words: str, by: str, at: datetime) -> None:
        """Withdraw it, and say why."""
        self._end(State.WITHDRAWN, words=words, by=by, at=at)

    def answer_with(self, decision_id: UUID, *, by: str, at: datetime) -> None:
        """Answer by a decision to share, which says what was shared and why."""
        self.decision_id = decision_id
        self._end(State.ANSWERED, words="", by=by, at=at)

    def _end(self, state: State, *, words: str, by: str, at: datetime) -> None:
        self.state, self.ended_words, self.ended_by_name, self.ended_at = state, words, by, at
        self.save(
            update_fields=["state", "ended_words", "ended_by_name", "ended_at", "refusal", "decision_id"]
        )

    # Queries

    def late_on(self, day: date) -> bool:
        """Whether it is still waiting after the day it was due."""
        return self.is_open and day > self.due


class RequestItem(models.Model):
    """One thing asked for, with why it is needed and for what period."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    what = models.TextField(max_length=1_000)
    why = models.TextField(max_length=1_000)
    period = models.CharField(max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["what", "why", "period"], Privacy.FREE_TEXT),
        **dict.fromkeys(["id", "request", "number"], Privacy.OPERATIONAL),
    }

    class Meta:
        """In the order of the letter."""

        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["request", "number"], name="one_item_of_a_number"),
        ]


class RequestChaser(models.Model):
    """That somebody was reminded of a request."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="chasers")
    step = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Step])
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "by_name": Privacy.STAFF,
        **dict.fromkeys(["id", "request", "step", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """The oldest first; each automatic step is taken once."""

        ordering: ClassVar[list[str]] = ["at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request", "step"], condition=~Q(step=Step.BY_HAND.value), name="a_step_once"
            ),
        ]

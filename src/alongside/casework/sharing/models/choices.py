"""What people chose about sharing. Kept as it was said; only taking it back is added."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person
from alongside.casework.sharing.rules.choices import Answer, Choice, Statement, Topic, order_of


class SharingChoiceQuerySet(models.QuerySet["SharingChoice"]):
    """Choices, and what they mean for many people at once."""

    def not_to_be_told(
        self, pairs: Iterable[tuple[UUID, UUID]], *, purpose: str, at: datetime
    ) -> set[tuple[UUID, UUID]]:
        """Return those of some pairs of a person and an organisation where nobody may tell it about them.

        As ``queries.telling`` says of one person, for whoever tells (migration 0008). Sees all rows.
        """
        people, organisations = zip(*given, strict=True) if (given := list(pairs)) else ((), ())
        with connection.cursor() as cursor:
            # almost nobody of a long list ever said anything, and of those the long question is not asked;
            # nor is it asked for all records of somebody who has one, as most do
            cursor.execute(
                "select person, hearer from unnest(%s::uuid[], %s::uuid[]) pair (person, hearer) where case"
                " when not exists (select from sharing_sharingchoice c where c.person_id = person)"
                " and not exists (select from people_person p where p.merged_into_id = person)"
                " and not exists (select from people_person p"
                " where p.id = person and p.merged_into_id is not null) then false"
                " when exists (select from sharing_sharingchoice c"
                " where c.person_id = any (array(select people_records_of(person))))"
                " then sharing_stands_in_the_way(person, null, hearer, %s, %s) else false end",
                [list(people), list(organisations), purpose, at],
            )
            return set(cursor.fetchall())


class SharingChoice(models.Model):
    """What a person said about telling one organisation about one topic."""

    class Capacity(models.TextChoices):
        """Whether they can decide this: everybody is assumed to (Mental Capacity Act 2005, section 1)."""

        ASSUMED = "assumed", _("Nothing speaks against it: we take it that they can")
        ASSESSED = "assessed", _("Assessed about this very decision: they can")
        IN_DOUBT = "in_doubt", _("There is doubt")
        LACKS = "lacks", _("Assessed about this very decision: they cannot")

    class Method(models.TextChoices):
        """How they said it."""

        SPOKEN = "spoken", _("They said it")
        WRITTEN = "written", _("They wrote it")
        SIGNED = "signed", _("They signed a form")
        SIGNS = "signs", _("By signs, gestures or pictures")
        INTERPRETER = "interpreter", _("Through an interpreter")
        ADVOCATE = "advocate", _("Through an advocate")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sharing_choices")
    talk = models.UUIDField()
    """The conversation in which they said it; choices about several topics share one."""
    answer = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Answer])
    topic = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Topic])
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    """Who would be told; None means every organisation."""
    purpose = models.CharField(max_length=80, blank=True)
    exactly = models.TextField(max_length=2_000)
    """What exactly it was about, as it was explained to them."""
    explained = ArrayField(models.CharField(max_length=20), default=list)
    explained_how = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=60, blank=True)
    capacity = models.CharField(max_length=10, choices=Capacity)
    free = models.TextField(max_length=2_000, blank=True)
    """Why they could say no without losing anything."""
    method = models.CharField(max_length=12, choices=Method)
    evidence = models.CharField(max_length=500, blank=True)
    """What shows that they said so: a signed form, a note of a call."""
    words = models.TextField(max_length=10_000, blank=True)
    """What they said, word for word."""
    said_on = models.DateField()
    expires_on = models.DateField(null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)
    withdrawn_how = models.CharField(max_length=12, choices=Method, blank=True)
    withdrawn_words = models.TextField(max_length=10_000, blank=True)
    effect_told = models.TextField(max_length=2_000, blank=True)
    """What they were told about what taking it back does, and what it cannot undo."""
    withdrawn_recorded_by = models.CharField(max_length=200, blank=True)
    withdrawn_recorded_at = models.DateTimeField(null=True)

    objects = SharingChoiceQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(
            ["answer", "topic", "recipient", "language", "capacity", "method", "withdrawn_how"],
            Privacy.SENSITIVE,
        ),
        **dict.fromkeys(
            ["exactly", "explained_how", "free", "evidence", "words", "withdrawn_words", "effect_told"],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(["recorded_by", "withdrawn_recorded_by"], Privacy.STAFF),
        **dict.fromkeys(
            [
                "id", "talk", "purpose", "explained", "said_on", "expires_on", "organisation", "recorded_at",
                "withdrawn_on", "withdrawn_recorded_at",
            ],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """An agreement has an end and a purpose; the newest are read first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-said_on"], name="choices_of_person"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answer="refuses") | (Q(expires_on__isnull=False) & ~Q(purpose="") & ~Q(free="")),
                name="an_agreement_ends_and_is_for_something",
            ),
            models.CheckConstraint(
                condition=Q(answer="refuses") | Q(capacity__in=["assumed", "assessed"]),
                name="who_agrees_can_decide_it",
            ),
        ]

    # Factories

    @classmethod
    def record_all(
        cls,
        said: Statement,
        *,
        person: Person,
        recipients: list[Organisation],
        organisation_id: UUID,
        by: str,
        at: datetime,
    ) -> list["SharingChoice"]:
        """Keep what somebody said in one conversation: a choice for each organisation and topic.

        If no organisation is named it applies to all of them, and so to every purpose and without an end.
        """
        agrees = said.answer is Answer.AGREES
        talk = uuid4()
        to: list[Organisation | None] = [*recipients] or [None]
        made = [
            SharingChoice(
                person=person, talk=talk, answer=said.answer.value, topic=topic.value, recipient=recipient,
                purpose=said.purpose if agrees else "", expires_on=said.expires_on if agrees else None,
                exactly=said.exactly, explained=list(said.explained), explained_how=said.explained_how,
                language=said.language, capacity=said.capacity, free=said.free, method=said.method,
                evidence=said.evidence, words=said.words, said_on=said.said_on,
                organisation_id=organisation_id, recorded_by=by, recorded_at=at,
            )
            for recipient in to
            for topic in said.topics
        ]  # fmt: skip
        return SharingChoice.objects.bulk_create(made)

    # Mutators

    def take_back(self, *, on: date, how: str, words: str, effect_told: str, by: str, at: datetime) -> None:
        """Add that the person took it back."""
        self.withdrawn_on, self.withdrawn_how, self.withdrawn_words = on, how, words
        self.effect_told, self.withdrawn_recorded_by, self.withdrawn_recorded_at = effect_told, by, at
        self.save(
            update_fields=[
                "withdrawn_on", "withdrawn_how", "withdrawn_words", "effect_told", "withdrawn_recorded_by",
                "withdrawn_recorded_at",
            ]
        )  # fmt: skip

    # Queries

    @property
    def choice(self) -> Choice:
        """What was said, for the rules."""
        return Choice(
            answer=Answer(self.answer),
            topic=Topic(self.topic),
            recipient=str(self.recipient_id or ""),
            said_on=self.said_on,
            order=order_of(self.recorded_at),
            purpose=self.purpose,
            expires_on=self.expires_on,
            withdrawn_on=self.withdrawn_on,
            withdrawn_order=order_of(self.withdrawn_recorded_at or self.recorded_at),
        )

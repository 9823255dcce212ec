"""Disputes about something that is held, and what came of them."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person
from alongside.casework.rights.models.requests import AccessRequest
from alongside.casework.rights.rules.clock import Asked
from alongside.casework.rights.rules.disputes import OUTCOMES, Outcome
from alongside.casework.rights.rules.wishes import GROUNDS, OBJECTIONS, WISHES, Ground, Wish

_WISHES = [each.value for each in Wish]
_OBJECTIONS = sorted(each.value for each in OBJECTIONS)


class Dispute(models.Model):
    """A claim that one row is wrong, or a wish that all be left alone or erased; marked while it is open.

    UK GDPR Articles 16, 17, 18 and 21. A wish about everything held points to the person's own record.
    """

    class Says(models.TextChoices):
        """What is said about it."""

        WRONG = "wrong", _("It is wrong")
        OUT_OF_DATE = "out_of_date", _("It was right, and is no longer")
        NOT_HELD = "not_held", _("It should not be held")
        NOT_FOUND = Wish.NOT_FOUND.value, WISHES[Wish.NOT_FOUND]
        NOT_USED = Wish.NOT_USED.value, WISHES[Wish.NOT_USED]
        ERASE = Wish.ERASE.value, WISHES[Wish.ERASE]

    OF_A_ROW = (Says.WRONG, Says.OUT_OF_DATE, Says.NOT_HELD)
    """What may be said about one row."""

    class SaidBy(models.TextChoices):
        """Who says so."""

        PERSON = "person", _("The person themself")
        ADVOCATE = "advocate", _("Their advocate, or somebody else for them")
        WORKER = "worker", _("A worker who noticed it")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="disputes")
    table = models.CharField(max_length=80)
    """Model label of what is disputed; that of a person where everything that is held is meant."""
    row = models.CharField(max_length=80)
    says = models.CharField(max_length=12, choices=Says)
    words = models.TextField(max_length=5_000)
    said_by = models.CharField(max_length=10, choices=SaidBy)
    said_by_name = models.CharField(max_length=200, blank=True)
    received_on = models.DateField()
    how = models.CharField(max_length=10, choices=AccessRequest.How)
    noted_by = models.CharField(max_length=200)
    noted_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=10, choices=[(each.value, OUTCOMES[each]) for each in Outcome], blank=True
    )
    ground = models.CharField(
        max_length=12, choices=[(each.value, GROUNDS[each]) for each in Ground], blank=True
    )
    """The ground on which a wish was refused."""
    why = models.TextField(max_length=5_000, blank=True)
    statement = models.TextField(max_length=5_000, blank=True)
    """What the person wants shown beside it, in their words; always possible."""
    changed = models.TextField(max_length=5_000, blank=True)
    """What changed, in the words sent to those who were told it before."""
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)
    """When the person withdrew an objection that had been upheld."""
    taken_back_words = models.TextField(max_length=5_000, blank=True)
    taken_back_how = models.CharField(max_length=10, choices=AccessRequest.How, blank=True)
    taken_back_noted_by = models.CharField(max_length=200, blank=True)
    taken_back_noted_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "said_by_name"], Privacy.IDENTIFYING),
        **dict.fromkeys(["says", "said_by", "outcome", "ground"], Privacy.SENSITIVE),
        **dict.fromkeys(["words", "why", "statement", "changed", "told_how", "taken_back_words"],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(["noted_by", "decided_by", "taken_back_noted_by"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "table", "row", "received_on", "how", "noted_organisation", "noted_at", "told_on",
             "decided_at", "taken_back_on", "taken_back_how", "taken_back_noted_at"],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """One open dispute per row; an outcome has a day, who decided it, and reasons until the row goes."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["table", "row"],
                condition=Q(outcome="") & ~Q(says__in=_WISHES),
                name="one_open_dispute_of_a_row",
            ),
            models.UniqueConstraint(
                fields=["row", "says"],
                condition=Q(outcome="", says__in=_WISHES),
                name="one_open_wish_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(says__in=_WISHES, table=Person._meta.label)
                | (~Q(says__in=_WISHES) & ~Q(table=Person._meta.label)),
                name="a_wish_is_about_all_that_is_held",
            ),
            models.CheckConstraint(
                condition=Q(ground="") | Q(says__in=_WISHES, outcome=Outcome.REFUSED.value),
                name="a_ground_is_of_a_refusal",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, why="", told_on=None)
                | (
                    ~Q(outcome="")
                    & ~Q(decided_by="")
                    & Q(decided_at__isnull=False, told_on__isnull=False)
                    & (~Q(why="") & ~Q(told_how="") | Q(words="", why="", told_how=""))
                ),
                name="dispute_ended_how_and_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_back_on=None,
                    taken_back_words="",
                    taken_back_how="",
                    taken_back_noted_by="",
                    taken_back_noted_at=None,
                )
                | (
                    Q(taken_back_on__isnull=False, taken_back_noted_at__isnull=False)
                    & Q(says__in=_OBJECTIONS, outcome=Outcome.UPHELD.value)
                    & ~Q(taken_back_words="")
                    & ~Q(taken_back_how="")
                    & ~Q(taken_back_noted_by="")
                ),
                name="an_objection_that_was_upheld_is_taken_back",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["outcome", "received_on"], name="disputes_by_outcome")
        ]

    # Factories

    @classmethod
    def note(
        cls,
        *,
        person: Person,
        table: str,
        row: str,
        says: str,
        words: str,
        said_by: str,
        said_by_name: str,
        received_on: date,
        how: str,
        by: str,
        organisation_id: UUID,
        at: datetime,
    ) -> "Dispute":
        """Note what is said to be wrong; if it is not the person who says so, with that member's name."""
        return cls.objects.create(
            person=person,
            table=table,
            row=row,
            says=says,
            words=words.strip(),
            said_by=said_by,
            said_by_name="" if said_by == cls.SaidBy.PERSON else said_by_name,
            received_on=received_on,
            how=how,
            noted_by=by,
            noted_organisation_id=organisation_id,
            noted_at=at,
        )

    def repeat_for(self, person: Person) -> "Dispute":
        """Note the same wish for somebody else whose it may be; one to erase waits for an answer again."""
        said = {each.attname: getattr(self, each.attname) for each in self._meta.concrete_fields}
        said |= {"id": uuid4(), "person_id": person.id, "row": str(person.id)}
        if self.wish is Wish.ERASE:
            said |= dict.fromkeys(["outcome", "why", "statement", "changed", "told_how", "decided_by"], "")
            said |= dict.fromkeys(["told_on", "decided_at"])
        return Dispute.objects.create(**said)

    @property
    def wish(self) -> Wish | None:
        """What is asked about everything that is held; None where it is about one row."""
        return Wish(self.says) if self.says in _WISHES else None

    def as_asked(self) -> Asked:
        """Return the facts for its clock."""
        return Asked(received_on=self.received_on)

    # Mutators

    def go_to(self, person: Person) -> None:
        """Say whose row it is about, after two records were parted."""
        self.person = person
        self.save(update_fields=["person"])

    def end(
        self,
        *,
        outcome: str,
        why: str,
        statement: str = "",
        changed: str = "",
        ground: str = "",
        told_on: date,
        told_how: str,
        by: str,
        at: datetime,
    ) -> None:
        """Note the outcome and how the person was told."""
        self.outcome, self.why, self.statement, self.changed = outcome, why, statement, changed
        self.ground = ground
        self.told_on, self.told_how, self.decided_by, self.decided_at = told_on, told_how, by, at
        self.save()

    def take_back(self, *, on: date, words: str, how: str, by: str, at: datetime) -> None:
        """Note that an upheld objection was withdrawn, in the words of whoever says so."""
        self.taken_back_on, self.taken_back_words, self.taken_back_how = on, words, how
        self.taken_back_noted_by, self.taken_back_noted_at = by, at
        self.save(
            update_fields=[
                "taken_back_on", "taken_back_words", "taken_back_how", "taken_back_noted_by",
                "taken_back_noted_at",
            ]
        )  # fmt: skip

    def lose_words(self) -> None:
        """Clear what was said about a deleted row; the fact that it was disputed, and the outcome, stay."""
        self.words = self.why = self.statement = self.changed = self.told_how = self.said_by_name = ""
        self.save(update_fields=["words", "why", "statement", "changed", "told_how", "said_by_name"])

"""What must not be deleted, what is to be, and what is left afterwards: that it existed, not what it said."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.people.models import Person
from alongside.casework.rights.rules.retention import (
    HOLD_REASONS,
    PLACED_AFTER,
    HoldReason,
    Kind,
    PlacedAfter,
    Standing,
)


class LegalHold(models.Model):
    """A hold: nothing about a person is deleted until somebody lifts it, with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="legal_holds")
    reason = models.CharField(
        max_length=20, choices=[(each.value, HOLD_REASONS[each]) for each in HoldReason]
    )
    words = models.TextField(max_length=2_000, blank=True)
    placed_after = models.CharField(
        max_length=20, blank=True, choices=[(each.value, PLACED_AFTER[each]) for each in PlacedAfter]
    )
    """What placed it when nobody did so by hand; it is put into words when shown, so ``words`` is empty."""
    placed_by = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    lifted_why = models.TextField(max_length=2_000, blank=True)
    lifted_by = models.CharField(max_length=200, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["reason", "placed_after"], Privacy.SENSITIVE),
        **dict.fromkeys(["words", "lifted_why"], Privacy.FREE_TEXT),
        **dict.fromkeys(["placed_by", "lifted_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "placed_at", "lifted_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """It says what it is for, in one of two ways. Lifting it needs somebody's name and a reason."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_why="", lifted_by="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_why="") & ~Q(lifted_by="")),
                name="hold_lifted_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=(~Q(words="") & Q(placed_after="")) | (Q(words="") & ~Q(placed_after="")),
                name="hold_says_what_it_is_for",
            ),
        ]

    # Factories

    @classmethod
    def place(cls, *, person_id: UUID, reason: str, words: str, by: str, at: datetime) -> "LegalHold":
        """Hold everything about a person."""
        return cls.objects.create(person_id=person_id, reason=reason, words=words, placed_by=by, placed_at=at)

    @classmethod
    def place_after(
        cls, after: PlacedAfter, *, person_id: UUID, reason: str, by: str, at: datetime
    ) -> "LegalHold":
        """Hold everything about a person because of something that happened, without anybody's words."""
        return cls.objects.create(
            person_id=person_id, reason=reason, placed_after=after, placed_by=by, placed_at=at
        )

    # Mutators

    def lift(self, *, why: str, by: str, at: datetime) -> None:
        """End it."""
        self.lifted_why, self.lifted_by, self.lifted_at = why, by, at
        self.save(update_fields=["lifted_why", "lifted_by", "lifted_at"])


class Disposal(models.Model):
    """A line of the disposal list; once what it names is deleted, all that is left of it.

    It refers to it by key and not by foreign key, because it outlives it. It never says who the person was.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Kind])
    record_id = models.UUIDField()
    """The record of the person whose data it is; once that is deleted, a number that leads nowhere."""
    table = models.CharField(max_length=80)
    row = models.CharField(max_length=80)
    rule = models.CharField(max_length=80)
    """Code of a period in the area pack; ``ERASURE`` where the person asked for it."""
    why = models.TextField(max_length=2_000, blank=True)
    """Why it is kept or erased; cleared when it is deleted, as it may say something about the person."""
    due_on = models.DateField()
    listed_at = models.DateTimeField()
    standing = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Standing], default=Standing.LISTED
    )
    kept_until = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    gone_by = models.CharField(max_length=200, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    rows_gone = models.PositiveIntegerField(default=0)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["record_id", "row"], Privacy.IDENTIFYING),
        "why": Privacy.FREE_TEXT,
        **dict.fromkeys(["decided_by", "gone_by"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "kind", "table", "rule", "due_on", "listed_at", "standing", "kept_until", "decided_at",
             "gone_at", "rows_gone"],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """One open line per record; keeping needs a day and a reason; deleting needs a name."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["table", "row"],
                condition=~Q(standing=Standing.GONE.value),
                name="one_open_disposal_of_a_row",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.KEPT.value) | (Q(kept_until__isnull=False) & ~Q(why="")),
                name="kept_until_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.GONE.value)
                | (Q(gone_at__isnull=False, decided_at__isnull=False, why="") & ~Q(gone_by="")),
                name="gone_by_whom_and_nothing_said",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["standing", "due_on"], name="disposals_by_standing")
        ]

    # Factories

    @classmethod
    def put_on_list(
        cls, *, kind: Kind, record_id: UUID, table: str, row: str, rule: str, due_on: date, at: datetime
    ) -> "Disposal":
        """Put something on the list for somebody to look at."""
        return cls.objects.create(
            kind=kind, record_id=record_id, table=table, row=row, rule=rule, due_on=due_on, listed_at=at
        )

    # Mutators

    def keep(self, *, until: date, why: str, by: str, at: datetime) -> None:
        """Keep it longer."""
        self.standing, self.kept_until, self.why = Standing.KEPT, until, why
        self.decided_by, self.decided_at = by, at
        self.save()

    def mark(self, *, why: str, by: str, at: datetime, rule: str = "") -> None:
        """Mark it for deletion, under another rule if one is given; nothing is deleted until confirmed."""
        self.standing, self.kept_until, self.why = Standing.MARKED, None, why
        self.rule = rule or self.rule
        self.decided_by, self.decided_at = by, at
        self.save()

    def go_to(self, record_id: UUID) -> None:
        """Say whose row it names, after two records were parted: their holds count from then on."""
        self.record_id = record_id
        self.save(update_fields=["record_id"])

    def list_again(self) -> None:
        """Put it back on the list, for somebody to look at."""
        self.standing, self.kept_until, self.why, self.decided_by, self.decided_at = (
            Standing.LISTED, None, "", "", None,
        )  # fmt: skip
        self.save()

    def gone(self, *, rows: int, by: str, at: datetime) -> None:
        """Note that what it names was deleted; ``by`` also decided it, where nobody had decided before."""
        if self.decided_at is None:
            self.decided_by, self.decided_at = by, at
        self.standing, self.why, self.rows_gone, self.gone_by, self.gone_at = (
            Standing.GONE, "", rows, by, at,
        )  # fmt: skip
        self.save()

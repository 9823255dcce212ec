"""Actions of a case, what became of each, and who was told that one is late."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Membership
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.actions import OPEN, Agrees, Kind, Planned, Stands, Status
from alongside.casework.marm.rules.nudging import TOLD


class ActionQuerySet(models.QuerySet["Action"]):
    """Queries on actions, in everyday terms."""

    def to_do(self) -> "ActionQuerySet":
        """Those with something still to do."""
        return self.filter(status__in=OPEN)

    def in_order(self) -> "ActionQuerySet":
        """What is still to do, by due date, then what is closed, the newest first."""
        by_day = models.Case(models.When(status__in=OPEN, then="due"))  # null for closed ones: last
        return self.order_by(by_day.asc(nulls_last=True), "-ended_at", "written_at", "id")


class Action(models.Model):
    """What a named worker does by a set date. What was agreed stays; updates are added to it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="actions")
    words = models.TextField(max_length=2_000)
    kind = models.CharField(max_length=10, choices=[(each, each) for each in Kind])
    risk = models.TextField(max_length=2_000)
    """The risk it serves."""
    wanted = models.TextField(max_length=2_000)
    """The outcome it serves, in the person's words."""
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    """Who does it: a member, and the agency they belong to."""
    due = models.DateField()
    review = models.DateField()
    agrees = models.CharField(max_length=10, choices=[(each, each) for each in Agrees])
    status = models.CharField(max_length=30, choices=[(each, each) for each in Status])
    written_by = models.CharField(max_length=200)
    written_by_id = models.UUIDField()
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["words", "risk", "wanted"], Privacy.FREE_TEXT),
        **dict.fromkeys(["kind", "agrees", "status"], Privacy.SENSITIVE),
        **dict.fromkeys(["owner", "written_by", "written_by_id"], Privacy.STAFF),
        **dict.fromkeys(
            ["id", "case", "due", "review", "written_at", "ended_at", "version"], Privacy.OPERATIONAL
        ),
    }

    class Meta:
        """No part is empty; closed exactly when it has an end date."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(risk="") & ~Q(wanted=""), name="action_says_what_for"
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, ended_at=None)
                | (~Q(status__in=OPEN) & Q(ended_at__isnull=False)),
                name="action_over_has_ended",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "due"], name="actions_of_case"),
            models.Index(fields=["owner"], condition=Q(ended_at=None), name="actions_of_owner"),
            models.Index(fields=["due"], condition=Q(ended_at=None), name="actions_to_do"),
        ]

    def __str__(self) -> str:
        return f"action {self.id}"

    # Factories

    @classmethod
    def plan(
        cls,
        *,
        case: Case,
        planned: Planned,
        owner: Membership,
        accepted: bool,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "Action":
        """Store an action; one that its owner wrote is agreed, otherwise it waits for them."""
        return cls.objects.create(
            case=case, words=planned.words.strip(), kind=planned.kind, risk=planned.risk.strip(),
            wanted=planned.wanted.strip(), owner=owner, due=planned.due, review=planned.review,
            agrees=planned.agrees, status=Status.AGREED if accepted else Status.PROPOSED,
            written_by=by, written_by_id=by_id, written_at=at,
        )  # fmt: skip

    # Mutators: each adds to the history, in the same transaction

    def accept(self, *, by: str, by_id: UUID, at: datetime) -> None:
        """Its owner accepts it."""
        self.status = Status.AGREED
        self._add(by=by, by_id=by_id, at=at)

    def go_on(self, stands: Stands, *, by: str, by_id: UUID, at: datetime) -> None:
        """Store where it stands now."""
        self.status, self.agrees, self.review = stands.status, stands.agrees, stands.review
        self.ended_at = None if stands.status in OPEN else at
        self._add(words=stands.words, instead=stands.instead, by=by, by_id=by_id, at=at)

    def hand_over(
        self, owner: Membership, *, accepted: bool, words: str, by: str, by_id: UUID, at: datetime
    ) -> None:
        """Hand it to somebody else, who must accept it."""
        self.owner, self.status = owner, Status.AGREED if accepted else Status.PROPOSED
        self._add(words=words, by=by, by_id=by_id, at=at)

    def _add(self, *, by: str, by_id: UUID, at: datetime, words: str = "", instead: str = "") -> None:
        self.version += 1
        self.save(update_fields=["status", "agrees", "review", "ended_at", "owner", "version"])
        ActionUpdate.objects.create(
            action=self, status=self.status, words=words.strip(), instead=instead.strip(), agrees=self.agrees,
            owner=self.owner, by=by, by_id=by_id, at=at,
        )  # fmt: skip

    def nudge(self, to: str, *, at: datetime) -> None:
        """Store that somebody was told that it is due or late."""
        ActionNudge.objects.create(action=self, to=to, at=at)


class ActionUpdate(models.Model):
    """An update of an action, as somebody gave it on a day. It is never changed."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    status = models.CharField(max_length=30, choices=[(each, each) for each in Status])
    words = models.TextField(max_length=5_000, blank=True)
    instead = models.TextField(max_length=2_000, blank=True)
    agrees = models.CharField(max_length=10, choices=[(each, each) for each in Agrees])
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["words", "instead"], Privacy.FREE_TEXT),
        **dict.fromkeys(["status", "agrees"], Privacy.SENSITIVE),
        **dict.fromkeys(["owner", "by", "by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "action", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """If not possible, it has a reason; if declined, what was offered instead."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status__in=[Status.NOT_POSSIBLE, Status.SUPERSEDED]) | ~Q(words=""),
                name="action_not_possible_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DECLINED_INSTEAD) | ~Q(instead=""), name="action_declined_instead"
            ),
        ]

    def __str__(self) -> str:
        return f"update of {self.action_id}"


class ActionNudge(models.Model):
    """That somebody was told that an action is due or late: once each."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="nudges")
    to = models.CharField(max_length=20, choices=[(each, each) for each in TOLD])
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "action", "to", "at"], Privacy.OPERATIONAL)

    class Meta:
        """Each once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["action", "to"], name="nudged_once"),
        ]

    def __str__(self) -> str:
        return f"nudge of {self.action_id}"

"""Decisions about risk as they were made, with options and what each agency said. Never changed."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.decisions import Decided, Stance


class CaseDecision(models.Model):
    """One decision of a case. A newer one that points back corrects it, or looks at it again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    follows = models.OneToOneField("self", models.PROTECT, related_name="followed_by", null=True, blank=True)
    follows_why = models.TextField(max_length=2_000, blank=True)
    question = models.TextField(max_length=2_000)
    decided = models.TextField(max_length=5_000)
    own_view = models.TextField(max_length=5_000, blank=True)
    """What the person says, in their words."""
    level = models.TextField(max_length=2_000, blank=True)
    """The level of risk they are comfortable with, in their words."""
    no_view_why = models.TextField(max_length=2_000, blank=True)
    support = models.TextField(max_length=5_000)
    speaks_for = models.TextField(max_length=5_000)
    speaks_against = models.TextField(max_length=5_000)
    reasons = models.TextField(max_length=5_000)
    protects = ArrayField(models.CharField(max_length=10))
    us_alone_why = models.TextField(max_length=2_000, blank=True)
    levers = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    capacity_in_doubt = models.BooleanField(default=False)
    capacity_record = models.ForeignKey(
        CapacityRecord, models.PROTECT, related_name="+", null=True, blank=True
    )
    capacity_words = models.TextField(max_length=2_000, blank=True)
    review_on = models.DateField()
    written_by = models.CharField(max_length=200)
    written_by_id = models.UUIDField()
    written_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(
            [
                "follows_why", "question", "decided", "own_view", "level", "no_view_why", "support",
                "speaks_for", "speaks_against", "reasons", "us_alone_why", "capacity_words",
            ],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(["protects", "levers", "capacity_in_doubt", "capacity_record"], Privacy.SENSITIVE),
        **dict.fromkeys(["written_by", "written_by_id"], Privacy.STAFF),
        **dict.fromkeys(["id", "case", "follows", "review_on", "written_at"], Privacy.OPERATIONAL),
    }  # fmt: skip

    class Meta:
        """The person's view, or why there is none; why it is right if only for us; why it follows another."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(~Q(own_view="") & ~Q(level="")) | ~Q(no_view_why=""), name="decision_view_or_why"
            ),
            models.CheckConstraint(
                condition=~Q(protects=["us"]) | ~Q(us_alone_why=""), name="decision_us_alone_why"
            ),
            models.CheckConstraint(
                condition=Q(follows=None) | ~Q(follows_why=""), name="decision_follows_why"
            ),
            models.CheckConstraint(condition=~Q(follows=F("id")), name="decision_follows_another"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "-written_at"], name="decisions_of_case"),
            models.Index(fields=["review_on"], name="decisions_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"decision {self.id}"

    # Factories

    @classmethod
    def keep(
        cls,
        *,
        case: Case,
        decided: Decided,
        follows: "CaseDecision | None",
        follows_why: str,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "CaseDecision":
        """Store a whole decision: with its options, and with what each agency says."""
        made = cls.objects.create(
            case=case, follows=follows, follows_why=follows_why.strip(), question=decided.question.strip(),
            decided=decided.decided.strip(), own_view=decided.own_view.strip(), level=decided.level.strip(),
            no_view_why=decided.no_view_why.strip(), support=decided.support.strip(),
            speaks_for=decided.speaks_for.strip(), speaks_against=decided.speaks_against.strip(),
            reasons=decided.reasons.strip(), protects=sorted(decided.protects),
            us_alone_why=decided.us_alone_why.strip(), levers=list(decided.levers),
            capacity_in_doubt=decided.capacity_in_doubt, capacity_record_id=decided.capacity_record_id,
            capacity_words=decided.capacity_words.strip(), review_on=decided.review_on,
            written_by=by, written_by_id=by_id, written_at=at,
        )  # fmt: skip
        DecisionOption.objects.bulk_create(
            DecisionOption(
                decision=made, number=number, words=each.words.strip(), benefits=each.benefits.strip(),
                consequences=each.consequences.strip(), not_acting=each.not_acting.strip(),
                least_restrictive=each.least_restrictive, chosen=each.chosen,
            )
            for number, each in enumerate(decided.options, 1)
        )  # fmt: skip
        DecisionPosition.objects.bulk_create(
            DecisionPosition(
                decision=made, organisation_id=each.organisation_id, name=each.name.strip(),
                stance=each.stance, words=each.words.strip(),
            )
            for each in decided.positions
        )  # fmt: skip
        return made


class DecisionOption(models.Model):
    """One option of a decision, as it was weighed with the person."""

    decision = models.ForeignKey(CaseDecision, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=2_000)
    benefits = models.TextField(max_length=2_000)
    consequences = models.TextField(max_length=2_000)
    not_acting = models.TextField(max_length=2_000)
    least_restrictive = models.BooleanField()
    chosen = models.BooleanField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["words", "benefits", "consequences", "not_acting"], Privacy.FREE_TEXT),
        **dict.fromkeys(["least_restrictive", "chosen"], Privacy.SENSITIVE),
        **dict.fromkeys(["id", "decision", "number"], Privacy.OPERATIONAL),
    }

    class Meta:
        """At most one is chosen; each has its own number."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(chosen=True), name="one_option_is_chosen"
            ),
            models.UniqueConstraint(fields=["decision", "number"], name="option_once"),
        ]

    def __str__(self) -> str:
        return f"option {self.number} of {self.decision_id}"


class DecisionPosition(models.Model):
    """What one agency says about a decision, and who spoke for it."""

    decision = models.ForeignKey(CaseDecision, models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    stance = models.CharField(max_length=10, choices=[(each, each) for each in Stance])
    words = models.TextField(max_length=2_000, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "organisation": Privacy.SENSITIVE,
        "name": Privacy.STAFF,
        "stance": Privacy.SENSITIVE,
        "words": Privacy.FREE_TEXT,
        **dict.fromkeys(["id", "decision"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each agency once; one that disagrees says why."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="position_once"),
            models.CheckConstraint(
                condition=~Q(stance=Stance.DISSENTS) | ~Q(words=""), name="dissent_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"position of {self.organisation_id}"

"""A case: agencies asked to come together around one person, and which of them have."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.rules.asking import DIRECTIONS, Asked
from alongside.casework.marm.rules.criteria import Answer, Answered, Fits
from alongside.casework.marm.rules.stages import STANDING, Stage, Told, Urgency
from alongside.casework.people.models import Person


class CaseQuerySet(models.QuerySet["Case"]):
    """Queries about cases."""

    def standing(self) -> "CaseQuerySet":
        """Those that are asked for or open."""
        return self.filter(stage__in=STANDING)


class Case(models.Model):
    """One multi-agency risk management approach about one person, from being asked for to its end."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="cases")
    stage = models.CharField(max_length=10, choices=[(each, each) for each in Stage])
    urgency = models.CharField(max_length=5, choices=[(each, each) for each in Urgency])
    criteria_set = models.CharField(max_length=60)
    """The version of the criteria it was judged by: a later one changes nothing."""
    fits = models.CharField(max_length=10, choices=[(each, each) for each in Fits])
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    coordinating = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    """Whose co-ordinator answers: the same organisation if it has one, else one that does and may be told."""
    taking_part = ArrayField(models.UUIDField(), default=list)
    """Ids of the organisations that can see it: the ``agencies`` that have not left. The wall reads this."""
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.UUIDField()
    asked_at = models.DateTimeField()
    own_words = models.TextField(max_length=10_000, blank=True)
    """What the person says about it, in their words."""
    no_words_why = models.TextField(max_length=2_000, blank=True)
    wanted = models.TextField(max_length=5_000)
    """The outcome the person wants; in their words if they said it."""
    strengths = models.TextField(max_length=5_000)
    tried = models.TextField(max_length=10_000)
    risk_to_self = models.TextField(max_length=5_000, blank=True)
    """What may happen to the person from how they live or what they do, and how soon."""
    risk_from_others = models.TextField(max_length=5_000, blank=True)
    risk_to_others = models.TextField(max_length=5_000, blank=True)
    told = models.CharField(max_length=10, choices=[(each, each) for each in Told])
    told_why = models.TextField(max_length=2_000, blank=True)
    manager_told = models.CharField(max_length=200, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_by_id = models.UUIDField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_why = models.TextField(max_length=5_000, blank=True)
    advice = models.TextField(max_length=5_000, blank=True)
    route = models.CharField(max_length=60, blank=True)
    """Code of the forum suggested to whoever asked, if it was declined."""

    objects = CaseQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(["stage", "urgency", "fits", "told", "route"], Privacy.SENSITIVE),
        **dict.fromkeys(
            [
                "own_words", "no_words_why", "wanted", "strengths", "tried", *DIRECTIONS, "told_why",
                "settled_why", "advice",
            ],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(
            ["asked_by", "asked_by_id", "manager_told", "settled_by", "settled_by_id"], Privacy.STAFF
        ),
        **dict.fromkeys(
            ["id", "criteria_set", "organisation", "coordinating", "taking_part", "asked_at", "settled_at"],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """One at a time; settled with a reason; the person's words, or why there are none."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(stage__in=STANDING), name="one_case_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.ASKED, settled_at=None)
                | (~Q(stage=Stage.ASKED) & Q(settled_at__isnull=False) & ~Q(settled_why="")),
                name="case_settled_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DECLINED) | (~Q(advice="") & ~Q(route="")),
                name="case_declined_with_route",
            ),
            models.CheckConstraint(
                condition=~Q(own_words="") | ~Q(no_words_why=""), name="case_own_words_or_why"
            ),
            models.CheckConstraint(
                condition=~Q(risk_to_self="") | ~Q(risk_from_others="") | ~Q(risk_to_others=""),
                name="case_risk_in_one_direction",
            ),
            models.CheckConstraint(condition=Q(told=Told.AGREES) | ~Q(told_why=""), name="case_told_or_why"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-asked_at"], name="cases_of_person"),
            models.Index(fields=["stage", "asked_at"], name="cases_by_stage"),
        ]

    def __str__(self) -> str:
        return f"case {self.id}"

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        person: Person,
        asked: Asked,
        criteria_set: str,
        fits: str,
        organisation_id: UUID,
        coordinating_id: UUID,
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "Case":
        """Save that the approach was asked for, with both organisations that can see it from now on."""
        case = cls.objects.create(
            person=person, stage=Stage.ASKED, urgency=asked.urgency, criteria_set=criteria_set, fits=fits,
            organisation_id=organisation_id, coordinating_id=coordinating_id,
            taking_part=sorted({organisation_id, coordinating_id}), asked_by=by, asked_by_id=by_id,
            asked_at=at, own_words=asked.own_words.strip(), no_words_why=asked.no_words_why.strip(),
            wanted=asked.wanted.strip(), strengths=asked.strengths.strip(), tried=asked.tried.strip(),
            told=asked.told, told_why=asked.told_why.strip(), manager_told=asked.manager_told.strip(),
            **{name: getattr(asked, name).strip() for name in DIRECTIONS},
        )  # fmt: skip
        for each in case.taking_part:
            CaseAgency.objects.create(case=case, organisation_id=each, since=at, brought_in_by=by)
        return case

    # Mutators

    def take_in(self, *, organisation_id: UUID, by: str, at: datetime) -> "CaseAgency":
        """Let an agency take part; it sees the case from now on."""
        joined = CaseAgency.objects.create(
            case=self, organisation_id=organisation_id, since=at, brought_in_by=by
        )
        self.taking_part = sorted({*self.taking_part, organisation_id})
        self.save(update_fields=["taking_part"])
        return joined

    def end(self) -> None:
        """End it; how it ended is kept separately."""
        self.stage = Stage.ENDED
        self.save(update_fields=["stage"])

    def open_after_all(self) -> None:
        """Open it although it was declined: that it was, and why, is kept as it was said."""
        self.stage = Stage.OPEN
        self.save(update_fields=["stage"])

    def let_go(self, agency: "CaseAgency", *, why: str, at: datetime) -> None:
        """Let an agency leave with its reason; it can no longer see the case."""
        agency.until, agency.until_why = at, why.strip()
        agency.save(update_fields=["until", "until_why"])
        self.taking_part = [each for each in self.taking_part if each != agency.organisation_id]
        self.save(update_fields=["taking_part"])

    def settle(
        self, stage: Stage, *, why: str, by: str, by_id: UUID, at: datetime, advice: str = "", route: str = ""
    ) -> None:
        """Save the co-ordinator's answer: open, or declined with advice and a route."""
        self.stage, self.settled_why, self.settled_by, self.settled_by_id = stage, why.strip(), by, by_id
        self.settled_at, self.advice, self.route = at, advice.strip(), route
        self.save(
            update_fields=[
                "stage",
                "settled_why",
                "settled_by",
                "settled_by_id",
                "settled_at",
                "advice",
                "route",
            ]
        )


class CriterionAnswer(models.Model):
    """How one criterion was answered when the approach was asked for, with the evidence."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="answers")
    code = models.CharField(max_length=60)
    answer = models.CharField(max_length=20, choices=[(each, each) for each in Answer])
    items = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    evidence = models.TextField(max_length=5_000, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["code", "answer", "items"], Privacy.SENSITIVE),
        "evidence": Privacy.FREE_TEXT,
        **dict.fromkeys(["id", "case"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each criterion once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "code"], name="criterion_once"),
        ]

    def __str__(self) -> str:
        return f"answer {self.code} of {self.case_id}"

    @property
    def answered(self) -> Answered:
        """The same for the rules."""
        return Answered(Answer(self.answer), self.evidence, tuple(self.items))


class CaseAgency(models.Model):
    """An agency's part in a case: what it brings, and since when; and, if it left, why."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="agencies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    brings = models.TextField(max_length=2_000, blank=True)
    since = models.DateTimeField()
    brought_in_by = models.CharField(max_length=200)
    until = models.DateTimeField(null=True, blank=True)
    until_why = models.TextField(max_length=2_000, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "organisation": Privacy.SENSITIVE,
        **dict.fromkeys(["brings", "until_why"], Privacy.FREE_TEXT),
        "brought_in_by": Privacy.STAFF,
        **dict.fromkeys(["id", "case", "since", "until"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each agency once at a time; leaving has a reason."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "organisation"], condition=Q(until=None), name="agency_once_in_case"
            ),
            models.CheckConstraint(
                condition=Q(until=None, until_why="") | (Q(until__isnull=False) & ~Q(until_why="")),
                name="agency_leaves_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.case_id}"

    # Mutators

    def say_what_it_brings(self, brings: str) -> None:
        """Replace what the agency brings."""
        self.brings = brings.strip()
        self.save(update_fields=["brings"])

"""Case audits: what is asked of which cases, who looks, what they say, and what is learnt.

Which case a number stands for is in its own table, behind the wall of cases: those who look see numbers.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.marm.models.cases import Case
from alongside.casework.marm.rules.case_audits import Fact, Learnt, Said, SoMany, Verdict


class CaseAudit(models.Model):
    """Agencies looking together into some cases from a period; once closed, with what was learnt."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    """Whose co-ordinators began it, and may close it."""
    first_on = models.DateField()
    last_on = models.DateField()
    seed = models.BigIntegerField()
    """With it the same cases can be drawn again."""
    size = models.PositiveIntegerField()
    of_cases = models.PositiveIntegerField()
    """How many they were drawn from."""
    at_least = models.PositiveIntegerField()
    """For fewer cases no count is shown; as the area pack had it that day."""
    questions = models.JSONField(default=list)
    """Code, question, and which fact answers it, if one does; as the area pack had them that day."""
    begun_by = models.CharField(max_length=200)
    begun_by_id = models.UUIDField()
    begun_at = models.DateTimeField()
    learnt = models.TextField(max_length=10_000, blank=True)
    change = models.TextField(max_length=5_000, blank=True)
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+", null=True, blank=True)
    """Who will see to the change."""
    change_by = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_by_id = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    changed = models.TextField(max_length=5_000, blank=True)
    """What has changed, once somebody has seen to it: until then it is on the owner's day."""
    changed_by = models.CharField(max_length=200, blank=True)
    changed_by_id = models.UUIDField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["learnt", "change", "changed"], Privacy.FREE_TEXT),
        **dict.fromkeys(
            [
                "begun_by", "begun_by_id", "owner", "closed_by", "closed_by_id", "changed_by",
                "changed_by_id",
            ],
            Privacy.STAFF,
        ),
        **dict.fromkeys(
            [
                "id", "organisation", "first_on", "last_on", "seed", "size", "of_cases", "at_least",
                "questions", "begun_at", "change_by", "closed_at", "changed_at",
            ],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """The period is in order; closing, and what has changed since, are each all or nothing."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="case_audit_of_a_period"),
            models.CheckConstraint(
                condition=Q(size__gte=F("at_least"), of_cases__gte=F("size")), name="case_audit_large_enough"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, learnt="", change="", owner=None, change_by=None)
                | (
                    Q(closed_at__isnull=False, owner__isnull=False, change_by__isnull=False)
                    & ~Q(learnt="")
                    & ~Q(change="")
                ),
                name="case_audit_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(changed_at=None, changed="", changed_by="")
                | (Q(changed_at__isnull=False, closed_at__isnull=False) & ~Q(changed="") & ~Q(changed_by="")),
                name="case_audit_changed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"case audit {self.id}"

    @property
    def for_people(self) -> list[str]:
        """Codes of the questions that people answer."""
        return [each["code"] for each in self.questions if not each["fact"]]

    # Factories

    @classmethod
    def begin(
        cls,
        *,
        organisation_id: UUID,
        period: tuple[date, date],
        seed: int,
        of_cases: int,
        at_least: int,
        questions: Iterable[Mapping[str, str]],
        sample: Iterable[tuple[UUID, Mapping[Fact, SoMany]]],
        members: Iterable[Membership],
        by: str,
        by_id: UUID,
        at: datetime,
    ) -> "CaseAudit":
        """Save what was drawn, in its order, with what is counted for each; and who looks."""
        cases = list(sample)
        audit = cls.objects.create(
            organisation_id=organisation_id, first_on=period[0], last_on=period[1], seed=seed,
            size=len(cases), of_cases=of_cases, at_least=at_least, begun_by=by, begun_by_id=by_id,
            begun_at=at, questions=[dict(each) for each in questions],
        )  # fmt: skip
        AuditLooker.objects.bulk_create(AuditLooker(audit=audit, member=each) for each in members)
        for number, (case_id, facts) in enumerate(cases, 1):
            sampled = SampledCase.objects.create(
                audit=audit, number=number,
                facts={fact: [each.done, each.of] for fact, each in facts.items()},
            )  # fmt: skip
            SampledFrom.objects.create(sampled=sampled, case_id=case_id, drawn_at=at)
        return audit

    # Mutators

    def close(self, learnt: Learnt, *, by: str, by_id: UUID, at: datetime) -> None:
        """Save what was learnt and what will change; once."""
        self.learnt, self.change = learnt.learnt.strip(), learnt.change.strip()
        self.owner_id, self.change_by = learnt.owner_id, learnt.by_day
        self.closed_by, self.closed_by_id, self.closed_at = by, by_id, at
        self.save(
            update_fields=[
                "learnt", "change", "owner", "change_by", "closed_by", "closed_by_id", "closed_at",
            ]
        )  # fmt: skip

    def note_changed(self, words: str, *, by: str, by_id: UUID, at: datetime) -> None:
        """Save what has changed since; once."""
        self.changed, self.changed_by, self.changed_by_id, self.changed_at = words.strip(), by, by_id, at
        self.save(update_fields=["changed", "changed_by", "changed_by_id", "changed_at"])


class AuditLooker(models.Model):
    """A member of an agency who looks into the cases of an audit."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    audit = models.ForeignKey(CaseAudit, models.CASCADE, related_name="lookers")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        "member": Privacy.STAFF,
        **dict.fromkeys(["id", "audit"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["audit", "member"], name="looks_into_audit_once"),
        ]

    def __str__(self) -> str:
        return f"looker {self.id}"


class SampledCase(models.Model):
    """A case of an audit as those who look see it: a number, and what was counted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    audit = models.ForeignKey(CaseAudit, models.CASCADE, related_name="sample")
    number = models.PositiveSmallIntegerField()
    facts = models.JSONField(default=dict)
    """How many, out of how many, by code of the fact."""

    privacy: ClassVar[dict[str, Privacy]] = {
        "facts": Privacy.SENSITIVE,
        **dict.fromkeys(["id", "audit", "number"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each number once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["audit", "number"], name="number_in_audit_once"),
        ]

    def __str__(self) -> str:
        return f"sampled {self.id}"

    @property
    def counts(self) -> dict[Fact, SoMany]:
        """What was counted for it."""
        return {Fact(code): SoMany(*each) for code, each in self.facts.items()}


class SampledFrom(models.Model):
    """Which case a number in an audit stands for. Anyone who cannot see the case cannot see this."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sampled = models.OneToOneField(SampledCase, models.CASCADE, related_name="drawn_from")
    case = models.ForeignKey(Case, models.CASCADE, related_name="sampled")
    drawn_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "sampled", "case", "drawn_at"], Privacy.OPERATIONAL
    )

    def __str__(self) -> str:
        return f"sampled from {self.id}"


class AuditAnswer(models.Model):
    """What one member looking said to a question about a case, without a name. Nobody can change it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sampled = models.ForeignKey(SampledCase, models.CASCADE, related_name="answers")
    looker = models.ForeignKey(AuditLooker, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    verdict = models.CharField(max_length=20, choices=[(each, each) for each in Verdict])
    words = models.TextField(max_length=2_000, blank=True)
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["question", "verdict"], Privacy.SENSITIVE),
        "words": Privacy.FREE_TEXT,
        "looker": Privacy.STAFF,
        **dict.fromkeys(["id", "sampled", "at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each question once by each; anything that falls short has words."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sampled", "looker", "question"], name="audit_answered_once"),
            models.CheckConstraint(
                condition=~Q(verdict__in=[Verdict.PARTLY, Verdict.NOT_MET]) | ~Q(words=""),
                name="audit_answer_says_what_is_missing",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.id}"

    # Factories

    @classmethod
    def keep(
        cls, *, sampled: SampledCase, looker: AuditLooker, said: Mapping[str, Said], at: datetime
    ) -> None:
        """Save what one member looking says about a case."""
        AuditAnswer.objects.bulk_create(
            AuditAnswer(
                sampled=sampled, looker=looker, question=code, verdict=each.verdict,
                words=each.words.strip(), at=at,
            )
            for code, each in said.items()
        )  # fmt: skip

"""Decisions about sharing, what they share and with whom. Written once: the database refuses any change."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person
from alongside.casework.sharing.models.agreements import Agreement
from alongside.casework.sharing.rules.basis import DataClass, Layer
from alongside.casework.sharing.rules.choices import State, Topic, Wish
from alongside.casework.sharing.rules.decisions import Outcome, Proposal, Told
from alongside.casework.sharing.rules.items import Element, FactKind, Item, Stated, higher_of


class ShareDecision(models.Model):
    """An organisation's decision to share something about a person, or not to, and what it rests on.

    A wrong one stays, and a new one points to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="share_decisions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    decided_by_id = models.UUIDField()
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Outcome])
    purpose = models.CharField(max_length=80)
    who = models.CharField(max_length=400, blank=True)
    """Name and date of birth as the recipients are told them: they do not see the record."""
    named = models.CharField(max_length=200, blank=True)
    known = ArrayField(models.CharField(max_length=40), default=list)
    article_6 = models.CharField(max_length=30, blank=True)
    article_6_words = models.TextField(max_length=2_000, blank=True)
    condition = models.CharField(max_length=30, blank=True)
    condition_words = models.TextField(max_length=2_000, blank=True)
    confidence = models.CharField(max_length=30, blank=True)
    confidence_words = models.TextField(max_length=2_000, blank=True)
    necessity = models.TextField(max_length=4_000, blank=True)
    proportionality = models.TextField(max_length=4_000, blank=True)
    wish = models.CharField(max_length=10, choices=[(each.value, each.value) for each in State])
    told = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Told])
    told_on = models.DateField(null=True)
    told_how = models.TextField(max_length=2_000, blank=True)
    told_why_not = models.TextField(max_length=2_000, blank=True)
    onward = models.TextField(max_length=2_000, blank=True)
    keep_until = models.DateField(null=True)
    channel = models.CharField(max_length=200, blank=True)
    without_agreement = models.TextField(max_length=2_000, blank=True)
    reason = models.TextField(max_length=4_000, blank=True)
    risk = models.TextField(max_length=4_000, blank=True)
    review_on = models.DateField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, related_name="corrections", null=True)
    corrected_why = models.TextField(max_length=2_000, blank=True)
    request_id = models.UUIDField(null=True)
    """The request for information that it answers."""
    advice_id = models.UUIDField(null=True)
    """The advice asked for beforehand."""
    made_in = models.BigIntegerField(default=0, editable=False)
    """The transaction that made it, written by the database: nothing can be added to it in another."""

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "who"], Privacy.IDENTIFYING),
        **dict.fromkeys(["outcome", "known", "wish"], Privacy.SENSITIVE),
        **dict.fromkeys(
            [
                "article_6_words", "condition_words", "confidence_words", "necessity", "proportionality",
                "told_how", "told_why_not", "onward", "without_agreement", "reason", "risk", "corrected_why",
            ],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(["decided_by_id", "decided_by", "named"], Privacy.STAFF),
        **dict.fromkeys(
            [
                "id", "organisation", "decided_at", "purpose", "article_6", "condition", "confidence", "told",
                "told_on", "keep_until", "channel", "review_on", "corrects", "request_id", "advice_id",
                "made_in",
            ],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """Sharing has a basis, not sharing has a reason, and a correction says why."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-decided_at"], name="share_decisions_of_person"),
            models.Index(fields=["organisation", "-decided_at"], name="share_decisions_of_agency"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(outcome="do_not_share") & ~Q(reason="") & ~Q(risk="") & Q(review_on__isnull=False)
                | Q(outcome="share")
                & ~Q(article_6="")
                & ~Q(confidence="")
                & ~Q(necessity="")
                & ~Q(proportionality=""),
                name="a_share_has_a_basis_and_a_no_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, corrected_why="")
                | Q(corrects__isnull=False) & ~Q(corrected_why=""),
                name="a_correction_says_why",
            ),
        ]

    # Factories

    @classmethod
    def decide(
        cls,
        proposal: Proposal,
        *,
        person: Person,
        wish: Wish,
        organisation_id: UUID,
        by_id: UUID,
        by: str,
        at: datetime,
        **links: Any,
    ) -> "ShareDecision":
        """Record a decision, with what it shares; ``links`` are what it corrects and answers."""
        chosen = {
            name: value
            for layer in Layer
            if (basis := proposal.bases.get(layer))
            for name, value in ((layer.value, basis.code), (f"{layer.value}_words", basis.words))
        }
        same = (
            "purpose", "who", "named", "necessity", "proportionality", "told_on", "told_how", "told_why_not",
            "onward", "keep_until", "channel", "without_agreement", "reason", "risk", "review_on",
        )  # fmt: skip
        made = cls(
            person=person,
            organisation_id=organisation_id,
            decided_by_id=by_id,
            decided_by=by,
            decided_at=at,
            outcome=proposal.outcome.value,
            known=sorted(each.value for each in proposal.known),
            wish=wish.state.value,
            told=proposal.told.value,
            **{name: getattr(proposal, name) for name in same},
            **chosen,
            **links,
        )
        made.save(force_insert=True)
        # known without looking: a page that says what happened looks when nobody may
        made._state.fields_cache["override"] = None
        SharedItem.objects.bulk_create(
            SharedItem.of(item, decision=made, position=position)
            for position, item in enumerate(proposal.items, start=1)
        )
        return made

    # Queries

    @property
    def look_again_on(self) -> date | None:
        """When it is due for review: as the last review said, or else as the decision says."""
        looks = list(self.looked_again.all())
        if looks:
            return looks[-1].again_on
        override = getattr(self, "override", None)
        return (override.review_on if override else None) or self.review_on


class SharedItem(models.Model):
    """One thing that a decision shares, with what is stated about its quality."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(ShareDecision, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Topic])
    data = models.CharField(max_length=20, choices=[(each.value, each.value) for each in DataClass])
    words = models.TextField(max_length=10_000)
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in FactKind])
    as_at = models.DateField()
    source = models.CharField(max_length=500)
    verified_by = models.CharField(max_length=500, blank=True)
    limits = models.TextField(max_length=2_000, blank=True)
    quality = models.JSONField()
    """What is stated about each of the six elements."""

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["words", "source", "verified_by", "limits"], Privacy.FREE_TEXT),
        **dict.fromkeys(["topic", "data", "kind", "as_at"], Privacy.SENSITIVE),
        **dict.fromkeys(["id", "decision", "position", "quality"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Read in order; each of the six elements is stated."""

        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(quality__has_keys=[each.value for each in Element]), name="all_six_are_stated"
            ),
        ]

    # Factories

    @classmethod
    def of(cls, item: Item, *, decision: ShareDecision, position: int) -> "SharedItem":
        """Return the row of an item, not saved yet."""
        return SharedItem(
            decision=decision,
            position=position,
            topic=item.topic.value,
            data=higher_of(item.data, item.topic).value,
            words=item.words,
            kind=item.kind.value,
            as_at=item.as_at,
            source=item.source,
            verified_by=item.verified_by,
            limits=item.limits,
            quality={element.value: stated.value for element, stated in item.quality.items()},
        )

    # Queries

    @property
    def item(self) -> Item:
        """What it says, for the rules."""
        return Item(
            topic=Topic(self.topic),
            data=DataClass(self.data),
            words=self.words,
            kind=FactKind(self.kind),
            as_at=self.as_at,
            source=self.source,
            verified_by=self.verified_by,
            limits=self.limits,
            quality={Element(each): Stated(stated) for each, stated in self.quality.items()},
        )


class Recipient(models.Model):
    """An organisation that a decision tells, or would have told, and under which agreement."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(ShareDecision, models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+", null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "organisation": Privacy.SENSITIVE,
        **dict.fromkeys(["id", "decision", "agreement"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="recipient_once"),
        ]


class Disclosure(models.Model):
    """That an organisation was told. The database refuses the row unless a decision allows it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(ShareDecision, models.CASCADE, related_name="disclosures")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    opened_by = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        "organisation": Privacy.SENSITIVE,
        "opened_by": Privacy.STAFF,
        **dict.fromkeys(["id", "decision", "from_organisation", "at", "opened_at"], Privacy.OPERATIONAL),
    }

    class Meta:
        """Each recipient is told once; the newest are read first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-at"], name="told_to_organisation"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="told_once"),
        ]

    # Factories

    @classmethod
    def tell(cls, decision: ShareDecision, *, at: datetime) -> list["Disclosure"]:
        """Tell the recipients of a decision."""
        return Disclosure.objects.bulk_create(
            Disclosure(
                decision=decision,
                from_organisation_id=decision.organisation_id,
                organisation_id=recipient.organisation_id,
                at=at,
            )
            for recipient in decision.recipients.all()
        )

    # Mutators

    def open(self, *, by: str, at: datetime) -> None:
        """Record who first confirmed receipt."""
        self.opened_by, self.opened_at = by, at
        self.save(update_fields=["opened_by", "opened_at"])

"""Offers of help, and what came of each: rows are added, never changed."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.offers.rules.adding_up import Given
from alongside.casework.offers.rules.assessment import Known
from alongside.casework.offers.rules.offering import (
    LEAVES_WITHOUT,
    Answer,
    Explained,
    Kind,
    Made,
    PutOff,
    Told,
    Understood,
)
from alongside.casework.people.models import Person

_LEFT_WITHOUT = sorted(each.value for each in LEAVES_WITHOUT)
KNOWN = [(each.value, each.value) for each in Known]


class Offer(models.Model):
    """One time help was offered to a person: what, by whom, and how it was explained."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Kind])
    what = models.TextField(max_length=1_000)
    urgent = models.BooleanField(default=False)
    """Needed urgently, or to stay alive."""
    service_id = models.UUIDField(null=True, blank=True)
    """An entry in the directory; not a foreign key, since entries go and what was offered stays."""
    instead_of = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    offered_on = models.DateField()
    explained = ArrayField(models.CharField(max_length=20, choices=[(e.value, e.value) for e in Explained]))
    explained_words = models.TextField(max_length=1_000, blank=True)
    understood = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Understood])
    understood_how = models.TextField(max_length=1_000, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(
            [
                "kind", "urgent", "service_id", "instead_of", "organisation", "offered_on", "explained",
                "understood",
            ],
            Privacy.SENSITIVE,
        ),
        **dict.fromkeys(["what", "explained_words", "understood_how"], Privacy.FREE_TEXT),
        "recorded_by": Privacy.STAFF,
        **dict.fromkeys(["id", "recorded_at"], Privacy.OPERATIONAL),
    }  # fmt: skip

    class Meta:
        """Read newest first; counted by organisation."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-offered_on"], name="offers_of_person"),
            models.Index(fields=["organisation", "offered_on"], name="offers_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"offer {self.id}"

    # Factories

    @classmethod
    def make(
        cls,
        *,
        person: Person,
        made: Made,
        instead_of: "Offer | None",
        organisation_id: UUID,
        by: str,
        at: datetime,
    ) -> "Offer":
        """Save an offer as it was made."""
        offer = cls(
            person=person,
            kind=made.kind,
            what=made.what.strip(),
            urgent=made.urgent,
            service_id=made.service_id,
            instead_of=instead_of,
            organisation_id=organisation_id,
            offered_on=made.offered_on,
            explained=[each.value for each in Explained if each in made.explained],
            explained_words=made.explained_words.strip(),
            understood=made.understood,
            understood_how=made.understood_how.strip(),
            recorded_by=by,
            recorded_at=at,
        )
        offer.full_clean(exclude=["person", "organisation", "instead_of"])
        offer.save(force_insert=True)
        return offer


class Reply(models.Model):
    """What came of an offer, in the person's own words first. A later one is kept beside an earlier one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="replies")
    place = models.PositiveSmallIntegerField()
    """1 for what was written down first, 2 for what followed it, and so on."""
    answer = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Answer])
    on = models.DateField()
    own_words = models.TextField(max_length=10_000, blank=True)
    """What the person said, word for word."""
    no_words_why = models.TextField(max_length=1_000, blank=True)
    put_off = ArrayField(
        models.CharField(max_length=20, choices=[(each.value, each.value) for each in PutOff]), blank=True
    )
    put_off_words = models.TextField(max_length=1_000, blank=True)
    not_accessible_why = models.TextField(max_length=1_000, blank=True)
    instead = models.TextField(max_length=1_000, blank=True)
    next_step = models.TextField(max_length=1_000, blank=True)
    next_by = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    lacks_capacity = models.CharField(max_length=10, choices=KNOWN, blank=True)
    """Care Act 2014, section 11(2)(a). These five are only for a needs assessment that was declined."""
    at_risk = models.CharField(max_length=10, choices=KNOWN, blank=True)
    """Section 11(2)(b)."""
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    revisit_on = models.DateField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(
            [
                "answer", "on", "put_off", "lacks_capacity", "at_risk", "decided_on", "revisit_on", "next_on",
                "organisation",
            ],
            Privacy.SENSITIVE,
        ),
        **dict.fromkeys(
            [
                "own_words", "no_words_why", "put_off_words", "not_accessible_why", "instead", "next_step",
            ],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(["next_by", "decided_by", "recorded_by"], Privacy.STAFF),
        **dict.fromkeys(["id", "offer", "place", "recorded_at"], Privacy.OPERATIONAL),
    }  # fmt: skip

    class Meta:
        """No two replies follow the same one; a refusal says what comes next."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["offer", "place"], name="one_reply_in_each_place"),
            models.CheckConstraint(
                condition=~Q(answer=Answer.DECLINED) | ~Q(own_words="") | ~Q(no_words_why=""),
                name="declined_in_own_words",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=_LEFT_WITHOUT)
                | (~Q(next_step="") & ~Q(next_by="") & Q(next_on__isnull=False)),
                name="a_refusal_is_never_the_end",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.NOT_ACCESSIBLE) | ~Q(not_accessible_why=""),
                name="not_accessible_why",
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.id}"

    # Factories

    @classmethod
    def hear(
        cls,
        *,
        offer: Offer,
        follows: "Reply | None",
        told: Told,
        organisation_id: UUID,
        by: str,
        at: datetime,
    ) -> "Reply":
        """Save what came of an offer as it was described."""
        refused = told.refused
        reply = cls(
            offer=offer,
            place=follows.place + 1 if follows else 1,
            answer=told.answer,
            on=told.on,
            own_words=told.own_words if told.own_words.strip() else "",
            no_words_why=told.no_words_why.strip(),
            put_off=[each.value for each in PutOff if each in told.put_off],
            put_off_words=told.put_off_words.strip(),
            not_accessible_why=told.not_accessible_why.strip(),
            instead=told.instead.strip(),
            next_step=told.next_step.strip(),
            next_by=told.next_by.strip(),
            next_on=told.next_on,
            lacks_capacity=refused.lacks_capacity or "",
            at_risk=refused.at_risk or "",
            decided_by=refused.decided_by.strip(),
            decided_on=refused.decided_on,
            revisit_on=refused.revisit_on,
            organisation_id=organisation_id,
            recorded_by=by,
            recorded_at=at,
        )
        reply.full_clean(exclude=["offer", "organisation"])
        reply.save(force_insert=True)
        return reply

    # Queries

    @property
    def given(self) -> Given:
        """What it says, for the rules; its offer and that offer's organisation are there."""
        return Given(
            offer_id=self.offer_id,
            kind=Kind(self.offer.kind),
            what=self.offer.what,
            urgent=self.offer.urgent,
            agency=self.offer.organisation.name,
            answer=Answer(self.answer),
            on=self.on,
            own_words=self.own_words,
            put_off=frozenset(map(PutOff, self.put_off)),
        )

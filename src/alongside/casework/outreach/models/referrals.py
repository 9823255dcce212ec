"""What one organisation asks another to do for a person. It is always answered, and the asker is told."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.models.items import WorkItem
from alongside.casework.outreach.rules import Priority, ReferralState
from alongside.casework.people.models import Person

UNANSWERED = (ReferralState.ASKED, ReferralState.TAKEN_BACK)


class Referral(models.Model):
    """A referral. The organisation asked sees who is meant and why, and the person only once it accepts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="referrals")
    who = models.CharField(max_length=400)
    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="referrals")
    hands_over = models.BooleanField(default=False)
    """Whether the whole item is handed over, and not only a part of what is needed."""
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    priority = models.PositiveSmallIntegerField(
        choices=[(each, each.name) for each in Priority], db_default=Priority.THIS_WEEK.value
    )
    """How soon the referrer says somebody should look."""
    why = models.TextField(max_length=5_000)
    why_not_safe = models.TextField(max_length=2_000, blank=True)
    """Why it is not safe for the person to know about the referral; empty where it is safe."""
    purpose = models.CharField(max_length=80, blank=True)
    """What the referrer was working for: it tells the database which of the person's choices count."""
    person_agrees = models.CharField(max_length=10)
    """``yes``, ``no`` or ``not_asked``: what the person said about being referred."""
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(each, each) for each in ReferralState])
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decline_why = models.TextField(blank=True, max_length=2_000)
    other_route = models.TextField(blank=True, max_length=2_000)
    """Where the person can go instead, according to whoever declines."""
    done_words = models.TextField(blank=True, max_length=5_000)
    done_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=200, blank=True, db_default="")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_why = models.TextField(blank=True, max_length=2_000, db_default="")
    """For whoever was asked to read: they were told who is meant, and may have begun."""

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "who"], Privacy.IDENTIFYING),
        **dict.fromkeys(
            ["from_organisation", "to_organisation", "person_agrees", "priority"], Privacy.SENSITIVE
        ),
        **dict.fromkeys(
            ["why", "why_not_safe", "decline_why", "other_route", "done_words", "taken_back_why"],
            Privacy.FREE_TEXT,
        ),
        **dict.fromkeys(["made_by", "answered_by", "taken_back_by"], Privacy.STAFF),
        **dict.fromkeys(
            [
                "id",
                "item",
                "hands_over",
                "purpose",
                "made_at",
                "state",
                "answered_at",
                "done_at",
                "taken_back_at",
            ],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """To another organisation; never declined without a reason and a route, or taken back without one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="referred_to_another"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.DECLINED) | (~Q(decline_why="") & ~Q(other_route="")),
                name="declined_with_reason_and_route",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNANSWERED, answered_at=None)
                | (~Q(state__in=UNANSWERED) & Q(answered_at__isnull=False)),
                name="referral_answered_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.TAKEN_BACK)
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_by="") & ~Q(taken_back_why="")),
                name="taken_back_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.DONE) | Q(done_at__isnull=False), name="referral_done_when"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to_organisation", "state"], name="referrals_to"),
            models.Index(fields=["from_organisation", "state"], name="referrals_from"),
        ]

    # Factories

    @classmethod
    def ask(
        cls,
        *,
        item: WorkItem,
        who: str,
        to_organisation_id: UUID,
        hands_over: bool,
        why: str,
        why_not_safe: str,
        purpose: str,
        person_agrees: str,
        by: str,
        at: datetime,
        priority: Priority = Priority.THIS_WEEK,
    ) -> "Referral":
        """Refer the person of an item to another organisation."""
        return cls.objects.create(
            person_id=item.person_id,
            who=who,
            item=item,
            hands_over=hands_over,
            priority=priority,
            from_organisation_id=item.organisation_id,
            to_organisation_id=to_organisation_id,
            why=why,
            why_not_safe=why_not_safe,
            purpose=purpose,
            person_agrees=person_agrees,
            made_by=by,
            made_at=at,
            state=ReferralState.ASKED,
        )

    # Mutators

    def accept(self, *, by: str, at: datetime) -> None:
        """Take it on."""
        self.state, self.answered_by, self.answered_at = ReferralState.ACCEPTED, by, at
        self.save(update_fields=["state", "answered_by", "answered_at"])

    def decline(self, *, why: str, other_route: str, by: str, at: datetime) -> None:
        """Say no, why, and where else."""
        self.state, self.answered_by, self.answered_at = ReferralState.DECLINED, by, at
        self.decline_why, self.other_route = why, other_route
        self.save(update_fields=["state", "answered_by", "answered_at", "decline_why", "other_route"])

    def go_to(self, person: Person) -> None:
        """Say whom it is about, after two records were parted: who is meant stays as it was told."""
        self.person = person
        self.save(update_fields=["person"])

    def take_back(self, *, why: str, by: str, at: datetime) -> None:
        """Ask for it no longer: whoever was asked has not answered."""
        self.state = ReferralState.TAKEN_BACK
        self.taken_back_why, self.taken_back_by, self.taken_back_at = why, by, at
        self.save(update_fields=["state", "taken_back_why", "taken_back_by", "taken_back_at"])

    def finish(self, *, words: str, at: datetime) -> None:
        """Say what was done."""
        self.state, self.done_words, self.done_at = ReferralState.DONE, words, at
        self.save(update_fields=["state", "done_words", "done_at"])

"""A request for access, its clock, and each time the person was asked what they meant."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person
from alongside.casework.rights.rules.clock import Asked, Pause
from alongside.casework.rights.rules.states import UNDER_WAY, State, new_reference


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Requests for access, with the selections the app uses."""

    def under_way(self) -> "AccessRequestQuerySet":
        """Those that have been neither answered nor closed, oldest first."""
        return self.filter(state__in=UNDER_WAY).order_by("received_on", "taken_at", "id")


class AccessRequest(models.Model):
    """A person's request for what is held about them (UK GDPR Article 15), and how far the answer is."""

    class AskedBy(models.TextChoices):
        """Who made it."""

        PERSON = "person", _("The person themself")
        FOR_THEM = "for_them", _("Somebody for them")

    class How(models.TextChoices):
        """How it arrived. Any way counts, and none needs a form."""

        TALKING = "talking", _("They said it to somebody at work")
        LETTER = "letter", _("By letter")
        EMAIL = "email", _("By e-mail")
        TELEPHONE = "telephone", _("By telephone")
        OTHER = "other", _("Another way")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="access_requests")
    asked_by = models.CharField(max_length=10, choices=AskedBy)
    asked_by_name = models.CharField(max_length=200, blank=True)
    """Who asks on their behalf; empty where the person asks."""
    authority = models.TextField(max_length=1_000, blank=True)
    """What was seen that allows somebody to ask for them: a power of attorney, the person's own letter."""
    received_on = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    wanted = models.TextField(max_length=2_000, blank=True)
    """What they want, in their words; empty where they want everything."""
    taken_by = models.CharField(max_length=200)
    taker = models.UUIDField()
    """Account of whoever noted it: somebody else has to say how it is known who is asking."""
    taken_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    identity_asked_on = models.DateField(null=True, blank=True)
    identity_known_on = models.DateField(null=True, blank=True)
    identity_how = models.TextField(max_length=1_000, blank=True)
    identity_by = models.CharField(max_length=200, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    extended_why = models.TextField(max_length=2_000, blank=True)
    state = models.CharField(max_length=10, choices=[(each, each) for each in State], default=State.RECEIVED)
    state_at = models.DateTimeField()
    state_by = models.CharField(max_length=200)
    held_until = models.DateTimeField(null=True, blank=True)
    """The bundle is what was held up to this moment; None until one is put together."""
    ready_by = models.UUIDField(null=True, blank=True)
    released_by = models.UUIDField(null=True, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    released_print = models.CharField(max_length=64, blank=True)
    """Fingerprint of the released bundle: no other is ever given."""
    closed_why = models.TextField(max_length=2_000, blank=True)

    objects = AccessRequestQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["person", "asked_by_name"], Privacy.IDENTIFYING),
        "asked_by": Privacy.SENSITIVE,
        **dict.fromkeys(
            ["authority", "wanted", "identity_how", "extended_why", "closed_why"], Privacy.FREE_TEXT
        ),
        **dict.fromkeys(
            ["taken_by", "taker", "identity_by", "state_by", "ready_by", "released_by", "released_by_name"],
            Privacy.STAFF,
        ),
        **dict.fromkeys(
            [
                "id", "reference", "received_on", "how", "taken_organisation", "taken_at",
                "identity_asked_on",
                "identity_known_on", "extended_on", "state", "state_at", "held_until", "released_print",
            ],
            Privacy.OPERATIONAL,
        ),
    }  # fmt: skip

    class Meta:
        """Nothing is put together for an unknown asker; whoever made it ready may not release it."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=[State.RECEIVED, State.CLOSED])
                | (Q(identity_known_on__isnull=False) & ~Q(identity_how="") & ~Q(identity_by="")),
                name="nothing_before_identity",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RELEASED, State.GIVEN])
                | (Q(released_by__isnull=False, ready_by__isnull=False) & ~Q(released_print="")),
                name="released_by_whom",
            ),
            models.CheckConstraint(condition=~Q(released_by=F("ready_by")), name="released_by_another"),
            models.CheckConstraint(
                condition=Q(asked_by="person", asked_by_name="")
                | (Q(asked_by="for_them") & ~Q(asked_by_name="")),
                name="asked_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(extended_on=None, extended_why="")
                | (Q(extended_on__isnull=False) & ~Q(extended_why="")),
                name="extended_when_and_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "received_on"], name="requests_by_state"),
        ]

    # Factories

    @classmethod
    def take(
        cls,
        *,
        person_id: UUID,
        asked_by: str,
        asked_by_name: str,
        authority: str,
        received_on: date,
        how: str,
        wanted: str,
        taker: UUID,
        by: str,
        organisation_id: UUID,
        at: datetime,
    ) -> "AccessRequest":
        """Note that somebody asks. Takes the person's id, as whoever handles it may not see the person."""
        return cls.objects.create(
            person_id=person_id,
            asked_by=asked_by,
            asked_by_name=asked_by_name,
            authority=authority,
            received_on=received_on,
            how=how,
            wanted=wanted,
            taken_by=by,
            taker=taker,
            taken_organisation_id=organisation_id,
            taken_at=at,
            state_at=at,
            state_by=by,
        )

    def as_asked(self) -> Asked:
        """Return the facts for its clock; this reads its clarifications."""
        return Asked(
            received_on=self.received_on,
            identity_asked_on=self.identity_asked_on,
            identity_known_on=self.identity_known_on,
            pauses=[Pause(each.asked_on, each.answered_on) for each in self.clarifications.all()],
            extended_on=self.extended_on,
        )

    # Mutators

    def ask_identity(self, *, on: date) -> None:
        """Note that proof of who is asking was requested."""
        self.identity_asked_on = on
        self.save(update_fields=["identity_asked_on"])

    def know_identity(self, *, on: date, how: str, by: str, at: datetime) -> None:
        """Note how it is known who is asking; from now on an answer may be put together."""
        self.identity_known_on, self.identity_how, self.identity_by = on, how, by
        self.held_until = at
        self.save(update_fields=["identity_known_on", "identity_how", "identity_by", "held_until"])
        self.move(State.OPEN, by=by, at=at)

    def extend(self, *, on: date, why: str) -> None:
        """Note that the person was told that it will take longer, and why."""
        self.extended_on, self.extended_why = on, why
        self.save(update_fields=["extended_on", "extended_why"])

    def put_together(self, *, at: datetime) -> None:
        """Make the bundle what is held now."""
        self.held_until = at
        self.save(update_fields=["held_until"])

    def make_ready(self, *, by: UUID, by_name: str, at: datetime) -> None:
        """Note that whoever decides what is withheld has finished."""
        self.ready_by = by
        self.save(update_fields=["ready_by"])
        self.move(State.READY, by=by_name, at=at)

    def release(self, *, by: UUID, by_name: str, fingerprint: str, at: datetime) -> None:
        """Allow exactly this bundle to be given."""
        self.released_by, self.released_by_name, self.released_print = by, by_name, fingerprint
        self.save(update_fields=["released_by", "released_by_name", "released_print"])
        self.move(State.RELEASED, by=by_name, at=at)

    def send_back(self, *, by: str, at: datetime) -> None:
        """Allow it to be worked on again; any earlier release is in the audit trail."""
        self.ready_by, self.released_by, self.released_by_name, self.released_print = None, None, "", ""
        self.state, self.state_by, self.state_at = State.OPEN, by, at
        self.save()

    def close(self, *, why: str, by: str, at: datetime) -> None:
        """End it without a bundle."""
        self.closed_why = why
        self.save(update_fields=["closed_why"])
        self.move(State.CLOSED, by=by, at=at)

    def move(self, to: State, *, by: str, at: datetime) -> None:
        """Set its state, with who did so and when."""
        self.state, self.state_by, self.state_at = to, by, at
        self.save(update_fields=["state", "state_by", "state_at"])


class Clarification(models.Model):
    """A question to the person about what they mean, and their answer; the clock is paused in between."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(AccessRequest, models.CASCADE, related_name="clarifications")
    asked = models.TextField(max_length=2_000)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    answer = models.TextField(max_length=2_000, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["asked", "answer"], Privacy.FREE_TEXT),
        "asked_by": Privacy.STAFF,
        **dict.fromkeys(["id", "request", "asked_on", "answered_on"], Privacy.OPERATIONAL),
    }

    class Meta:
        """One open question at a time, and no answer before its question."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(answered_on=None), name="one_clarification_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("asked_on")),
                name="clarified_after_it_was_asked",
            ),
        ]

    # Factories

    @classmethod
    def ask(cls, *, request: AccessRequest, asked: str, on: date, by: str) -> "Clarification":
        """Note what the person was asked."""
        return cls.objects.create(request=request, asked=asked, asked_on=on, asked_by=by)

    # Mutators

    def take(self, *, answer: str, on: date) -> None:
        """Note what they answered."""
        self.answer, self.answered_on = answer, on
        self.save(update_fields=["answer", "answered_on"])

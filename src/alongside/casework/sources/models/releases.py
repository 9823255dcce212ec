"""Runs that were opened here, what was released from them, and who each released person was given to."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.models import Person
from alongside.casework.sources.rules import RunRead, list_of

ROWS_AT_ONCE = 2_000
"""Rows of one INSERT. COPY is not for tables behind a wall: PostgreSQL refuses it there."""


class RunQuerySet(models.QuerySet["Run"]):
    """Runs, by what they are asked for."""

    def newer_than(self, run: "Run", *, on: date) -> "RunQuerySet":
        """Those that know of a later day than a run, or were opened later with the same, the newest first.

        One of a day still to come is a mistake in its day, and overtakes nothing.
        """
        later = Q(as_at__gt=run.as_at) | Q(as_at=run.as_at, opened_at__gt=run.opened_at)
        return self.filter(later, as_at__lte=on).order_by("-as_at", "-opened_at")


class Run(models.Model):
    """A run folder that somebody opened here: counts, quality and policies, and nothing about its people."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    folder = models.CharField(max_length=300)
    """Its name inside the folder of runs; never a path."""
    manifest_hash = models.CharField(max_length=64, unique=True)
    area = models.CharField(max_length=80)
    as_at = models.DateField()
    counts = models.JSONField()
    quality = models.JSONField()
    policies = models.JSONField()
    tiers = models.JSONField()
    """Policy to tier to how many people, and how many by each route."""
    changes = models.JSONField(default=dict)
    """What differs from the run before."""
    opened_by = models.CharField(max_length=200)
    opened_at = models.DateTimeField()

    objects = RunQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(
            [
                "id", "folder", "manifest_hash", "area", "as_at", "counts", "quality", "policies", "tiers",
                "changes", "opened_at",
            ],
            Privacy.OPERATIONAL,
        ),
        "opened_by": Privacy.STAFF,
    }  # fmt: skip

    # Factories

    @classmethod
    def opened(cls, *, read: RunRead, changes: dict[str, Any], by: str, at: datetime) -> "Run":
        """Note a run that was opened."""
        return cls.objects.create(
            folder=read.folder,
            manifest_hash=read.manifest_hash,
            area=read.area,
            as_at=read.as_at,
            counts=read.counts,
            quality=read.quality,
            policies=read.policies,
            tiers=read.tiers,
            changes=changes,
            opened_by=by,
            opened_at=at,
        )

    def as_read(self) -> RunRead:
        """Return it as it was read then, without its doubtful pairs."""
        return RunRead(
            self.folder,
            self.manifest_hash,
            self.area,
            self.as_at,
            self.counts,
            self.quality,
            self.policies,
            self.tiers,
            (),
        )


class Release(models.Model):
    """That an approver let named agencies act on tiers of a policy, for a purpose, on a basis in law."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="releases")
    policy = models.CharField(max_length=80)
    tiers = ArrayField(models.CharField(max_length=40))
    purpose = models.CharField(max_length=80)
    basis = models.JSONField()
    """The power, Article 6 and 9 bases, impact assessment and agreement, as in the pack that day."""
    organisations = models.ManyToManyField(Organisation, related_name="+")
    reason = models.TextField()
    approved_by = models.UUIDField()
    approved_by_name = models.CharField(max_length=200)
    approved_at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0)
    not_given = models.JSONField(default=dict)
    """Service or team to how many people it would have been given, if named; and why others were left out."""

    privacy: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(
            ["id", "run", "policy", "tiers", "purpose", "basis", "approved_at", "people", "not_given"],
            Privacy.OPERATIONAL,
        ),
        "reason": Privacy.FREE_TEXT,
        **dict.fromkeys(["approved_by", "approved_by_name"], Privacy.STAFF),
    }

    class Meta:
        """One policy of a run is released once: to release more takes another run."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "policy"], name="released_once_per_policy"),
        ]

    # Factories

    @classmethod
    def approve(
        cls,
        *,
        run: Run,
        policy: str,
        tiers: list[str],
        purpose: str,
        basis: dict[str, Any],
        organisations: list[Organisation],
        reason: str,
        by: UUID,
        by_name: str,
        at: datetime,
    ) -> "Release":
        """Let agencies act."""
        release = cls.objects.create(
            run=run,
            policy=policy,
            tiers=tiers,
            purpose=purpose,
            basis=basis,
            reason=reason,
            approved_by=by,
            approved_by_name=by_name,
            approved_at=at,
        )
        release.organisations.set(organisations)
        return release

    # Mutators

    def count(self, people: int, *, not_given: dict[str, int]) -> None:
        """Note how many people came in by it, and how many none of the organisations could be given."""
        self.people, self.not_given = people, not_given
        self.save(update_fields=["people", "not_given"])


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags, by what they are asked for."""

    def standing_at(self, at: datetime) -> "FlagQuerySet":
        """Those that have neither expired nor been withdrawn."""
        return self.filter(expires_at__gt=at, withdrawn_at=None)

    def of_lists(self, lists: Iterable[str]) -> "FlagQuerySet":
        """Those of some policies, as ``rules.list_of`` names them, whichever their version."""
        of_any = Q(policy__in=[])
        for each in lists:
            of_any |= Q(policy=each) | Q(policy__startswith=f"{each}/")
        return self.filter(of_any)

    def overtaken_before(self, flag: "Flag") -> "FlagQuerySet":
        """Those of the same list and person at the same agency that were overtaken, and are earlier."""
        earlier = self.of_lists([list_of(flag.policy)]).filter(released_at__lt=flag.released_at)
        return earlier.filter(
            overtaken_at__isnull=False,
            person_id=flag.person_id,
            organisation_id=flag.organisation_id,
            release__purpose=flag.release.purpose,
        )

    def overtaken_by(self, flag: "Flag") -> "FlagQuerySet":
        """Those of them whose place it may have taken: not what was overtaken before it was released."""
        return self.overtaken_before(flag).filter(overtaken_at__gte=flag.released_at)


class Flag(models.Model):
    """One released person on one list, given to one agency: a reason to look. It never decides."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="flags")
    person = models.ForeignKey(Person, models.CASCADE, related_name="flags")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    policy = models.CharField(max_length=80)
    tier = models.CharField(max_length=40)
    rank = models.PositiveIntegerField()
    reasons = models.JSONField()
    """List of factor, words, value, source, source_title, organisation, fact_date."""
    unknowns = models.JSONField()
    """List of factor, title."""
    responses = models.JSONField()
    """List of response, title."""
    route = models.CharField(max_length=40)
    """``strengthen_visit_priority`` (open to social care), ``share_with_case_holder``, ``contact_team``."""
    route_words = models.TextField(blank=True)
    service = models.CharField(max_length=80, blank=True)
    """The service the person is open to, if that decided the route."""
    worker = models.CharField(max_length=200, blank=True)
    """Who holds the case there, as the agency's extract said."""
    released_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)
    overtaken_at = models.DateTimeField(null=True, blank=True)
    """When a flag of a later release of the same list took its place, or had it already."""

    objects = FlagQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = {
        "person": Privacy.IDENTIFYING,
        **dict.fromkeys(
            ["policy", "tier", "rank", "reasons", "unknowns", "responses", "route", "route_words", "service"],
            Privacy.SENSITIVE,
        ),
        "worker": Privacy.STAFF,
        "withdrawn_why": Privacy.FREE_TEXT,
        **dict.fromkeys(
            ["id", "release", "organisation", "released_at", "expires_at", "withdrawn_at", "overtaken_at"],
            Privacy.OPERATIONAL,
        ),
    }

    class Meta:
        """A person is on a list once, and a flag expires."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "person", "organisation"], name="flag_once"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("released_at")), name="flag_expires"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "expires_at"], name="flags_of_organisation"),
        ]

    # Factories

    @classmethod
    def give(cls, flags: list["Flag"]) -> None:
        """Give agencies their flags, many at a time."""
        cls.objects.bulk_create(flags, batch_size=ROWS_AT_ONCE)

    def is_in_force(self, at: datetime) -> bool:
        """Whether it has neither expired nor been withdrawn."""
        return self.withdrawn_at is None and self.expires_at > at

    def is_of_one_list_with(self, other: "Flag") -> bool:
        """Whether both are of one policy, for one purpose: only then can their places be compared."""
        same_policy = list_of(self.policy) == list_of(other.policy)
        return same_policy and self.release.purpose == other.release.purpose

    # Mutators

    def withdraw(self, *, why: str, at: datetime) -> None:
        """Take it back, and say why."""
        self.withdrawn_at, self.withdrawn_why = at, why
        self.save(update_fields=["withdrawn_at", "withdrawn_why"])

    @classmethod
    def overtake(cls, ids: Iterable[UUID], *, at: datetime) -> None:
        """Note that later ones are on lists in the place of these: they put nobody on a list again."""
        if overtaken := list(ids):
            cls.objects.filter(id__in=overtaken).update(overtaken_at=at)

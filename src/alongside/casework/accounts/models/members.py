"""Who belongs where and in which role, who is away, and what training people have done."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject

from alongside.casework.access.permissions import Permission
from alongside.casework.access.privacy import Privacy
from alongside.casework.access.roles import ROLES
from alongside.casework.accounts.models.organisations import Organisation, Team
from alongside.casework.accounts.models.users import User


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Queries about memberships."""

    def on(self, day: date) -> "MembershipQuerySet":
        """Those in force on a day."""
        return self.filter(active_from__lte=day).filter(Q(active_to=None) | Q(active_to__gt=day))

    def not_over_on(self, day: date) -> "MembershipQuerySet":
        """Those in force on a day, and those to come."""
        return self.filter(Q(active_to=None) | Q(active_to__gt=day))

    def present_on(self, day: date) -> "MembershipQuerySet":
        """Those in force on a day, if the member is not away."""
        away = Absence.objects.on(day).values("membership_id")
        return self.on(day).exclude(id__in=away)

    def who_may(self, permission: Permission) -> "MembershipQuerySet":
        """Those with a role that permits something."""
        roles = [code for code, role in ROLES.items() if permission in role.permissions]
        return self.filter(roles__overlap=roles)

    def with_training(self, course: str, *, on: date) -> "MembershipQuerySet":
        """The same, each with ``trained_to``: when the member's training expires (exclusive; None: never)."""
        done = Training.objects.filter(user_id=OuterRef("user_id"), course=course, done_on__lte=on)
        return self.annotate(trained_to=ArraySubquery(done.values("valid_to")))

    def with_covering(self, day: date, *, lately: date) -> "MembershipQuerySet":
        """The same, each with ``covering``: whose work the member covers that day, or is to cover later.

        So it has what since a day ``lately`` is no longer theirs, because another was named. Whoever is away
        too covers nobody, and whoever has left is not covered.
        """
        away_too = Absence.objects.on(day).filter(membership=OuterRef("cover"))
        goes_on = Absence.objects.filter(membership=OuterRef("membership"), active_from=OuterRef("active_to"))
        handed_on = Absence.objects.filter(Exists(goes_on.exclude(id=OuterRef("id"))), active_to__gt=lately)
        theirs = (Absence.objects.not_over_on(day) | handed_on).filter(
            ~Exists(away_too),
            Q(membership__active_to=None) | Q(membership__active_to__gt=day),
            cover=OuterRef("id"),
        )
        said = JSONObject(
            whose="membership_id", name="membership__user__name", since="active_from", until="active_to"
        )
        in_order = theirs.order_by("active_from", "id").values(of=said)
        return self.annotate(covering=ArraySubquery(in_order))

    def trained_on(self, day: date, *, course: str) -> "MembershipQuerySet":
        """Those whose training in a course is valid on a day."""
        done = Training.objects.filter(user_id=OuterRef("user_id"), course=course, done_on__lte=day)
        return self.filter(Exists(done.filter(Q(valid_to=None) | Q(valid_to__gt=day))))


class Membership(models.Model):
    """A user belongs to an organisation, in some roles, perhaps in a team and under a manager."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", null=True, blank=True)
    manager = models.ForeignKey("self", models.SET_NULL, related_name="manages", null=True, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    roles = ArrayField(models.CharField(max_length=40, choices=[(code, code) for code in ROLES]))
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            "id", "user", "organisation", "team", "manager", "job_title", "roles", "skills", "active_from",
            "active_to",
        ],
        Privacy.STAFF,
    )  # fmt: skip

    class Meta:
        """Only one membership of an organisation at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(active_to=None), name="member_once"
            ),
            models.CheckConstraint(
                condition=Q(active_to=None) | Q(active_to__gte=F("active_from")),
                name="membership_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.organisation.name}"

    # Factories

    @classmethod
    def begin(
        cls,
        *,
        user: User,
        organisation: Organisation,
        roles: list[str],
        on: date,
        team: Team | None = None,
        manager: "Membership | None" = None,
        job_title: str = "",
        skills: list[str] | None = None,
    ) -> "Membership":
        """Make a user a member of an organisation from a day."""
        return cls.objects.create(
            user=user,
            organisation=organisation,
            roles=roles,
            team=team,
            manager=manager,
            job_title=job_title,
            skills=skills or [],
            active_from=on,
        )

    def is_over_on(self, day: date) -> bool:
        """Whether it has ended by a day."""
        return self.active_to is not None and self.active_to <= day

    @property
    def place(self) -> dict[str, Any]:
        """What they do here, as the form for changing it holds it."""
        return {
            "job_title": self.job_title,
            "roles": sorted(self.roles),
            "team": str(self.team_id or ""),
            "manager": str(self.manager_id or ""),
            "skills": "\n".join(sorted(self.skills)),
        }

    # Mutators

    def change(self, **told: Any) -> bool:
        """Change what is told, by the names of the columns; say whether anything differs."""
        changed = [name for name, value in told.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, told[name])
        if changed:
            self.save(update_fields=changed)
        return bool(changed)

    def end(self, *, on: date) -> None:
        """End it: the day given is the first on which it is no longer in force.

        One that ends on the day it began was never in force: somebody was added by mistake.
        """
        self.active_to = on
        self.save(update_fields=["active_to"])

    def stay(self) -> None:
        """Let it go on: the end that was to come is withdrawn."""
        self.active_to = None
        self.save(update_fields=["active_to"])


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Queries about absences."""

    def on(self, day: date) -> "AbsenceQuerySet":
        """Those in force on a day."""
        return self.filter(active_from__lte=day).filter(Q(active_to=None) | Q(active_to__gt=day))

    def not_over_on(self, day: date) -> "AbsenceQuerySet":
        """Those in force on a day, and those to come; not one that was cancelled before it began."""
        return self.filter(Q(active_to=None) | Q(active_to__gt=day) & Q(active_to__gt=F("active_from")))


class Absence(models.Model):
    """A member is away, and who covers. An absence without an end lasts until they are back."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="absences")
    cover = models.ForeignKey(Membership, models.SET_NULL, related_name="covers", null=True, blank=True)
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "membership", "cover", "active_from", "active_to"], Privacy.STAFF
    )

    class Meta:
        """Nobody covers for themselves."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(cover=F("membership")), name="cover_is_another"),
        ]

    # Factories

    @classmethod
    def begin(
        cls, *, membership: Membership, on: date, until: date | None, cover: Membership | None
    ) -> "Absence":
        """Record that a member is away from a day."""
        return cls.objects.create(membership=membership, active_from=on, active_to=until, cover=cover)

    def is_over_on(self, day: date) -> bool:
        """Whether they are back by a day, or it was cancelled before it began."""
        return self.active_to is not None and self.active_to <= max(day, self.active_from)

    # Mutators

    def end(self, *, on: date) -> None:
        """Record that they are back."""
        self.active_to = on
        self.save(update_fields=["active_to"])

    def go_on(self, *, on: date, cover: Membership | None) -> "Absence":
        """Let it end on a day and another begin, which somebody else covers: each says who covered when."""
        until = self.active_to
        self.end(on=on)
        return Absence.begin(membership=self.membership, on=on, until=until, cover=cover)

    def cancel(self) -> None:
        """Record that it will not be: it ends on the day it was to begin, so it is in force on none."""
        self.end(on=self.active_from)


class Training(models.Model):
    """Somebody did training on a day. Access that needs it waits for it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="trainings")
    course = models.SlugField()
    done_on = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "user", "course", "done_on", "valid_to"], Privacy.STAFF
    )

    # Factories

    @classmethod
    def note(cls, *, user: User, course: str, done_on: date, valid_to: date | None = None) -> "Training":
        """Record training that was done."""
        return cls.objects.create(user=user, course=course, done_on=done_on, valid_to=valid_to)

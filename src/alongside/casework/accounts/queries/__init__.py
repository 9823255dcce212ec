"""Who is asking, and what the pages about organisations and members show."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import Decision, require
from alongside.casework.access.roles import permissions_of
from alongside.casework.accounts import events, permissions, purposes, rules
from alongside.casework.accounts.models import (
    Absence,
    BoundSubject,
    Membership,
    Organisation,
    Partnership,
    SecondFactor,
    Team,
    Training,
    User,
)
from alongside.casework.accounts.queries.covers import coverings
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import leaf, rows_between
from alongside.casework.design.today import Section
from alongside.casework.kernel.area import area_pack_if_whole
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query

UNTRAINED = gettext_lazy(
    "You cannot see people, because your training in handling information is not recorded here or has "
    "expired. Do the training, then ask your manager or organisation lead to record it."
)
NO_PURPOSE_OPEN = gettext_lazy(
    "No purpose is open to your organisation today, so you cannot open anybody's record. Ask your "
    "information governance lead: the purposes, and the day each is due for review, are in the area pack."
)

MEMBERS_AT_ONCE = 50
"""How many members are on a page."""


@dataclass(frozen=True)
class Colleagues:
    """Some members of an organisation, of ``count`` in all, after ``passed_over``."""

    members: list[Membership]
    count: int
    passed_over: int


def actor_of(user: User, membership_id: UUID, purpose: str, on: date) -> Actor:
    """Return the actor a user is when acting for one of their organisations on a day.

    Without the training they need, or while no purpose is open to the organisation, every permission that
    shows people is withheld, and the actor says why.

    Args:
        user: who signed in.
        membership_id: one of theirs.
        purpose: what they said they are working for; it is theirs only if it is open to them.
        on: the day.

    Raises:
        NotFoundError: they have no such membership on that day.
    """
    own = {each.id: each for each in memberships_on(user=user, on=on)}
    membership = own.get(membership_id)
    if membership is None:
        raise NotFoundError(_("This membership is not yours, or is not valid today. Sign in again."))
    return actor_for(user, membership, purpose, on)


def actor_for(user: User, membership: Membership, purpose: str, on: date) -> Actor:
    """Return the actor a user is by one of ``memberships_on`` a day; see ``actor_of``."""
    roles = frozenset(membership.roles)
    permitted = permissions_of(roles)
    trained = any(rules.training_holds(last, on=on) for last in vars(membership)["trained_to"])
    withheld = frozenset() if trained else rules.waits_for_training(permitted)
    because = str(UNTRAINED) if withheld else ""
    open_now = rules.open_purposes(purposes.declared(), organisation=membership.organisation.code, on=on)
    with_people = bool(rules.shows_people(permitted - withheld))
    if with_people and not open_now:
        withheld |= rules.shows_people(permitted)
        because = because or str(NO_PURPOSE_OPEN)
    return Actor(
        name=user.name,
        user_id=user.id,
        organisation_id=membership.organisation_id,
        organisation_name=membership.organisation.name,
        team_ids=frozenset({membership.team_id} if membership.team_id else ()),
        permissions=permitted - withheld,
        purpose=rules.purpose_taken(purpose, open_now, with_people=with_people),
        roles=roles,
        withheld=withheld,
        withheld_because=because,
        purposes=frozenset(each.code for each in open_now),
        covers=frozenset(each.membership_id for each in coverings(membership, on) if each.since <= on),
        skills=frozenset(membership.skills),
    )


def partnership_name() -> str:
    """Return what the partnership is called; empty if none has been set up."""
    return Partnership.objects.values_list("name", flat=True).first() or ""


def memberships_on(*, user: User, on: date) -> list[Membership]:
    """Return a user's own memberships that are valid on a day, by organisation.

    Each is ``with_training`` and ``with_covering``, and has the partnership's name as ``partnership``: every
    page needs these, so none needs a query for them.
    """
    return _memberships_on(user=user.id, day=on, lately=on - rules.COVERED_LATELY)


@composed_once
def _memberships_on(*, user: UUID, day: date, lately: date) -> QuerySet[Membership]:
    return (
        Membership.objects.on(day)
        .with_training(rules.NEEDED, on=day)
        .with_covering(day, lately=lately)
        .filter(user_id=user)
        .select_related("organisation")
        .annotate(partnership=Subquery(Partnership.objects.values("name")[:1]))
        .order_by("organisation__name", "id")
    )


def own_membership(*, actor: Actor, membership_id: UUID, lock: bool = False) -> Membership:
    """Return a membership in the actor's own organisation, locked if it is about to change.

    Raises:
        NotFoundError: there is none, or it is another organisation's.
    """
    found = _membership(membership=membership_id)
    if not found or (actor.reach != EVERYBODY and found[0].organisation_id != actor.member_of):
        raise NotFoundError(_("There is no such member in your organisation."))
    if lock:
        Membership.objects.select_for_update(of=("self",), no_key=True).get(id=membership_id)
        found = _membership(membership=membership_id)  # it may have changed while we waited for the lock
    return found[0]


@composed_once
def _membership(*, membership: UUID) -> QuerySet[Membership]:
    return Membership.objects.filter(id=membership).select_related("user", "organisation", "team")


def trainings_of(membership: Membership) -> list[Training]:
    """Return the training recorded for a member, newest first; the caller has checked who asks."""
    return list(Training.objects.filter(user_id=membership.user_id).order_by("-done_on", "id"))


def member_to_help(
    *, actor: Actor, membership_id: UUID, on: date, may: Callable[[Actor, permissions.ToHelp], Decision]
) -> Membership:
    """Return a member who has lost what they sign in with, if the actor may help them in this way on a day.

    They have one account, however many memberships they have or had. So all the roles that they have or will
    have there count, not just those of the membership named, and a membership that has ended opens nothing.

    Args:
        actor: who helps.
        membership_id: who is helped.
        on: the day.
        may: the permission to help in this way.

    Raises:
        NotFoundError: the actor's organisation has no such membership on the day.
        NotAllowedError: it is the actor's own, or not the actor's to do.
    """
    membership = own_membership(actor=actor, membership_id=membership_id)
    theirs = list(Membership.objects.not_over_on(on).filter(user_id=membership.user_id))
    if membership.active_from > on or membership not in theirs:
        raise NotFoundError(_("There is no such member in your organisation."))
    there = [each for each in theirs if each.organisation_id == membership.organisation_id]
    whose = permissions.ToHelp(
        organisation_id=membership.organisation_id,
        user_id=membership.user_id,
        roles=frozenset(role for each in there for role in each.roles),
        elsewhere=len(there) < len(theirs),
        signs_on=_signs_on(membership.user_id),
    )
    require(may(actor, whose))
    return membership


def _signs_on(user_id: UUID) -> bool:
    """Whether this account is bound to one at the provider in use now."""
    provider = settings.SIGN_ON
    return provider is not None and (
        BoundSubject.objects.filter(user_id=user_id, issuer=provider.issuer).exists()
    )


@query()
def whom_to_help(
    *, actor: Actor, membership_id: UUID, on: date, may: Callable[[Actor, permissions.ToHelp], Decision]
) -> Membership:
    """Return the same for a page; see ``member_to_help``."""
    return member_to_help(actor=actor, membership_id=membership_id, on=on, may=may)


@query()
def organisations(*, actor: Actor) -> list[Organisation]:
    """Return every organisation of the partnership, by name."""
    require(permissions.may_read_partnership(actor))
    return organisations_by_name()


@composed_once
def organisations_by_name() -> QuerySet[Organisation]:
    """Return every organisation of the partnership, by name. Part of a query that checked who asks."""
    return Organisation.objects.order_by("name")


@composed_once
def organisations_but(*, own: UUID) -> QuerySet[Organisation]:
    """Return every organisation but one's own, by name. Part of a query that checked who asks."""
    return Organisation.objects.exclude(id=own).order_by("name")


@query()
def organisation(*, actor: Actor, organisation_id: UUID) -> Organisation:
    """Return one organisation, with what it says about itself.

    Raises:
        NotFoundError: there is none.
    """
    require(permissions.may_read_partnership(actor))
    for each in organisations_by_name():
        if each.id == organisation_id:
            return each
    raise NotFoundError(_("There is no such organisation in the partnership."))


@query()
def teams(*, actor: Actor) -> list[Team]:
    """Return the teams of the actor's organisation, by name."""
    require(permissions.may_read_partnership(actor))
    return list(Team.objects.filter(organisation_id=actor.member_of).order_by("name"))


def own_team(*, actor: Actor, team_id: UUID) -> Team:
    """Return a team of the actor's organisation.

    Raises:
        NotFoundError: there is none, or it is another organisation's.
    """
    for each in teams(actor=actor):
        if each.id == team_id:
            return each
    raise NotFoundError(_("There is no such team in your organisation."))


def services_of_pack(organisation_id: UUID) -> list[tuple[str, str]]:
    """Return code and title of the services that the area pack says an organisation provides."""
    code = rules.pack_code(Organisation.objects.values_list("code", flat=True).get(id=organisation_id))
    pack = area_pack_if_whole()
    services = pack.area.services if pack else []
    return [(each.code, each.title) for each in services if each.organisation == code]


def skills_here(organisation_id: UUID, *, on: date) -> list[str]:
    """Return every skill that somebody in an organisation has on a day, in alphabetical order."""
    there = Membership.objects.on(on).filter(organisation_id=organisation_id)
    return sorted({each for skills in there.values_list("skills", flat=True) for each in skills})


@query()
def colleague_names(*, actor: Actor, on: date) -> list[tuple[UUID, str]]:
    """Return the membership and the name of everybody in the actor's organisation on a day, by name."""
    require(permissions.may_read_partnership(actor))
    found: list[tuple[UUID, str]] = _names(organisation=actor.member_of, day=on)
    return found


@composed_once
def _names(*, organisation: UUID, day: date) -> QuerySet[Membership, Any]:
    there = Membership.objects.on(day).filter(organisation=organisation)
    return there.order_by("user__name", "id").values_list("id", "user__name")


@query()
def possible_covers(*, actor: Actor, membership_id: UUID, on: date) -> list[tuple[UUID, str]]:
    """Return the membership and the name of every colleague who may do the work of one while they are away.

    Raises:
        NotFoundError: there is no such member of the actor's organisation.
    """
    require(permissions.may_read_partnership(actor))
    away = own_membership(actor=actor, membership_id=membership_id)
    others = [each for each in _with_roles(organisation=away.organisation_id, day=on) if each[0] != away.id]
    return [(id_, name) for id_, name, roles in others if rules.may_stand_in(roles, away=away.roles)]


@composed_once
def _with_roles(*, organisation: UUID, day: date) -> QuerySet[Membership, Any]:
    there = Membership.objects.on(day).filter(organisation=organisation)
    return there.order_by("user__name", "id").values_list("id", "user__name", "roles")


@query()
def colleagues(*, actor: Actor, on: date, members_from: int = 0) -> Colleagues:
    """Return members of the actor's organisation on a day, by name, with their absences and training.

    Args:
        actor: who asks.
        on: the day.
        members_from: how many to skip; at most ``MEMBERS_AT_ONCE`` are returned.
    """
    require(permissions.may_read_partnership(actor))
    shown = leaf(partial(_members, actor.member_of, on), members_from, MEMBERS_AT_ONCE)
    away = defaultdict(list)
    for absence in _away(members=[each.id for each in shown.rows], day=on):
        away[absence.membership_id].append(absence)
    for each in shown.rows:
        vars(each)["away"] = away[each.id]
    return Colleagues(shown.rows, shown.count, shown.passed_over)


def _members(organisation: UUID, day: date, after: int, until: int) -> list[Membership]:
    return _some_members(organisation=organisation, day=day, after=after, until=until)


@composed_once
def _some_members(*, organisation: UUID, day: date, after: int, until: int) -> QuerySet[Membership]:
    has_second_factor = Exists(SecondFactor.objects.asked_for().filter(user_id=OuterRef("user_id")))
    needed = Prefetch(
        "user__trainings", Training.objects.filter(course=rules.NEEDED), to_attr="needed_trainings"
    )
    everybody = (
        Membership.objects.on(day)
        .filter(organisation_id=organisation)
        .select_related("user", "team", "manager__user")
        .prefetch_related(needed)
        .annotate(has_second_factor=has_second_factor)
        .order_by("user__name", "id")
    )
    return rows_between(everybody, after=after, until=until)


@composed_once
def _away(*, members: list[UUID], day: date) -> QuerySet[Absence]:
    return _with_covered(Absence.objects.on(day).filter(among("membership", members)), day)


def _with_covered(away: QuerySet[Absence], day: date) -> QuerySet[Absence]:
    """Whether whoever was to cover is at work that day: they may be away by now, or have left."""
    at_work = Membership.objects.present_on(day).filter(id=OuterRef("cover"))
    return away.select_related("cover__user").annotate(covered=Exists(at_work))


@query()
def day_of(*, actor: Actor, sections: Callable[[], list[Section]]) -> list[Section]:
    """Return the sections of the actor's day: one look, recorded as one if they name anybody.

    Each section queries what it shows for itself (``shows_people``), and leaves recording the look to this.
    """
    require(permissions.may_sign_in(actor))
    made = sections()
    if named := sum(each.people for each in made):
        record(events.DAY_SEEN, actor=actor, people=named)
    return made


@query()
def absences_of(*, actor: Actor, membership_id: UUID, on: date) -> list[Absence]:
    """Return the absences of a member of the actor's organisation that are not over, soonest first.

    Raises:
        NotFoundError: there is no such member of the actor's organisation.
        NotAllowedError: it is somebody else, and the actor does not look after members there.
    """
    member = own_membership(actor=actor, membership_id=membership_id)
    require(permissions.may_note_absence(actor, member.organisation_id, member.user_id))
    return _absences(account=member.user_id, organisation=member.organisation_id, day=on)


@query()
def own_absences(*, actor: Actor, on: date) -> list[Absence]:
    """Return the actor's own absences at their organisation that are not over on a day, soonest first."""
    require(permissions.may_sign_in(actor))
    return _absences(account=actor.account, organisation=actor.member_of, day=on)


@composed_once
def _absences(*, account: UUID, organisation: UUID, day: date) -> QuerySet[Absence]:
    own = Absence.objects.not_over_on(day).filter(
        membership__user=account, membership__organisation=organisation
    )
    return _with_covered(own, day).select_related("membership").order_by("active_from", "id")

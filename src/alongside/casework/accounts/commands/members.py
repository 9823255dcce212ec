"""Who belongs to an organisation, in which role, and what training they did."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.roles import ROLES
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.models import Membership, Organisation, Team, User
from alongside.casework.accounts.queries import own_membership
from alongside.casework.audit.recorder import record
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command


class UnknownRoleError(CaseworkError):
    """No role has this code, or none was given."""


class NoAddressError(CaseworkError):
    """Nobody could sign in with what was given as somebody's address."""


class LastLeadError(CaseworkError):
    """An organisation would be left with nobody to look after it."""


class DayNotPossibleError(CaseworkError):
    """A day is not possible for what it is the day of."""


@command
def add_member(
    *,
    actor: Actor,
    at: datetime,
    organisation_id: UUID,
    email: str,
    name: str,
    roles: list[str],
    team_id: UUID | None = None,
    manager_id: UUID | None = None,
    job_title: str = "",
    skills: list[str] | None = None,
    password: str | None = None,
    one_time: bool = True,
) -> Membership:
    """Make somebody a member of an organisation from today; if they have no account, they are given one.

    Args:
        actor: who adds them.
        at: when.
        organisation_id: the organisation they will belong to.
        email: their work address; an existing account with this address is used.
        name: theirs, for a new account.
        roles: codes of roles.
        team_id: a team of that organisation.
        manager_id: the membership of whoever manages them there.
        job_title: as others will read it.
        skills: such as languages.
        password: for a new account; an existing account keeps its own.
        one_time: whether it must be changed at the first sign-in.

    Raises:
        NotAllowedError: it is not the actor's organisation, or these are not the actor's to give.
        NotFoundError: there is no such organisation, team or manager in it.
        UnknownRoleError: there is no such role, or none was given.
        NoAddressError: they have no account, and could not sign in with this address.
        AlreadyDoneError: they already belong to it.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).filter(id=organisation_id).first()
    if organisation is None:
        raise NotFoundError(_("There is no such organisation in the partnership."))
    members = Membership.objects.filter(organisation=organisation)
    require(permissions.may_give_roles(actor, organisation_id, roles, first_member=not members.exists()))
    if not roles or not set(roles) <= set(ROLES):
        raise UnknownRoleError(
            _("Choose at least one of these roles: %(roles)s.") % {"roles": ", ".join(ROLES)}
        )
    team = Team.objects.filter(organisation=organisation, id=team_id).first() if team_id else None
    manager = members.filter(id=manager_id).first() if manager_id else None
    if (team_id and team is None) or (manager_id and manager is None):
        raise NotFoundError(
            _("%(organisation)s has no such team or manager.") % {"organisation": organisation.name}
        )
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        _must_be_address(email)
        user = User.enrol(email=email, name=name, password=password, one_time=one_time and bool(password))
    if there := members.filter(user=user).not_over_on(timezone.localdate(at)).first():
        names = {"name": user.name, "organisation": organisation.name}
        if there.active_to is None:
            raise AlreadyDoneError(_("%(name)s already belongs to %(organisation)s.") % names)
        raise AlreadyDoneError(
            _("%(name)s belongs to %(organisation)s until %(day)s, and can be added again from that day.")
            % (names | {"day": day_in_words(there.active_to)})
        )
    membership = Membership.begin(
        user=user,
        organisation=organisation,
        roles=sorted(set(roles)),
        on=timezone.localdate(at),
        team=team,
        manager=manager,
        job_title=job_title,
        skills=skills,
    )
    record(
        events.MEMBER_ADDED,
        actor=actor,
        about=("membership", membership.id),
        member=user.name,
        roles=", ".join(membership.roles),
    )
    return membership


@command
def end_membership(*, actor: Actor, at: datetime, membership_id: UUID, on: date) -> Membership:
    """End a membership: from ``on`` they no longer act for the organisation.

    An end that is recorded can be changed until it has come: somebody may have to be cut off sooner, or the
    day was a slip of the pen.

    Raises:
        NotFoundError: there is no such member of the actor's organisation.
        NotAllowedError: the actor may not say who belongs to it.
        AlreadyDoneError: it has ended, or this very day is recorded.
        DayNotPossibleError: the day is before the one it began on.
        LastLeadError: nobody would be left to look after the organisation.
    """
    of_whom = own_membership(actor=actor, membership_id=membership_id).organisation_id
    # the organisation first: two leads who end each other's membership must not both count on the other
    Organisation.objects.select_for_update(no_key=True).get(id=of_whom)
    membership = own_membership(actor=actor, membership_id=membership_id, lock=True)
    require(permissions.may_give_roles(actor, membership.organisation_id, membership.roles))
    before, named = membership.active_to, {"name": membership.user.name}
    if membership.is_over_on(timezone.localdate(at)):
        raise AlreadyDoneError(_("The membership of %(name)s has ended.") % named)
    if before == on:
        raise AlreadyDoneError(
            _("It is already recorded that %(name)s no longer works here from %(day)s.")
            % (named | {"day": day_in_words(on)})
        )
    if on < membership.active_from:
        raise DayNotPossibleError(
            _("Choose %(day)s, when the membership began, or a later day.")
            % {"day": day_in_words(membership.active_from)}
        )
    if "organisation_lead" in membership.roles and not leads_beside(membership):
        raise LastLeadError(
            _("%(name)s is the only lead of %(organisation)s. Make somebody else a lead first.")
            % {"name": membership.user.name, "organisation": membership.organisation.name}
        )
    membership.end(on=on)
    about, member, day = ("membership", membership.id), membership.user.name, on.isoformat()
    if before is None:
        record(events.MEMBER_LEFT, actor=actor, about=about, member=member, day=day)
    else:
        record(
            events.LEAVING_DAY_CHANGED,
            actor=actor,
            about=about,
            member=member,
            day=day,
            before=before.isoformat(),
        )
    return membership


@command
def withdraw_leaving_day(*, actor: Actor, at: datetime, membership_id: UUID) -> Membership:
    """Withdraw the end of a membership that has not come yet: they stay, with all that is theirs.

    Raises:
        NotFoundError: there is no such member of the actor's organisation.
        NotAllowedError: the actor may not say who belongs to it.
        AlreadyDoneError: it has ended, so they must be added again; or no end is recorded.
    """
    membership = own_membership(actor=actor, membership_id=membership_id, lock=True)
    require(permissions.may_give_roles(actor, membership.organisation_id, membership.roles))
    before, named = membership.active_to, {"name": membership.user.name}
    if before is None:
        raise AlreadyDoneError(_("No day is recorded on which %(name)s leaves.") % named)
    if membership.is_over_on(timezone.localdate(at)):
        raise AlreadyDoneError(_("The membership of %(name)s has ended.") % named)
    membership.stay()
    record(
        events.LEAVING_DAY_WITHDRAWN,
        actor=actor,
        about=("membership", membership.id),
        member=membership.user.name,
        before=before.isoformat(),
    )
    return membership


def _must_be_address(email: str) -> None:
    try:
        User._meta.get_field("email").clean(email.strip(), None)
    except ValidationError as error:
        raise NoAddressError(
            _("“%(email)s” is not an e-mail address. Enter one like name@example.org, to sign in with.")
            % {"email": email}
        ) from error


def leads_beside(membership: Membership) -> bool:
    """Say whether the organisation has a lead beside this one, whose end is not recorded either."""
    return (
        Membership.objects.filter(
            organisation_id=membership.organisation_id, active_to=None, roles__contains=["organisation_lead"]
        )
        .exclude(id=membership.id)
        .exists()
    )

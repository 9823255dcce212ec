"""Change what a member does here: their roles, team, manager, job title and skills."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.roles import ROLES
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.commands.members import LastLeadError, UnknownRoleError, leads_beside
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.accounts.queries import own_membership
from alongside.casework.accounts.rules import fingerprint
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.operations import command


@command
def change_member(
    *,
    actor: Actor,
    at: datetime,
    membership_id: UUID,
    roles: Iterable[str],
    team_id: UUID | None,
    manager_id: UUID | None,
    job_title: str,
    skills: Iterable[str],
    opened: str = "",
) -> Membership:
    """Change what a member does from now on. It stays the same membership: what they have stays theirs.

    Args:
        actor: who changes it.
        at: when.
        membership_id: the membership.
        roles: codes of all roles they are to have.
        team_id: their team; None for none.
        manager_id: the membership of whoever manages them; None for nobody.
        job_title: as others read it.
        skills: all that they have.
        opened: the fingerprint of their place when it was opened (``rules.fingerprint``), if it was.

    Raises:
        NotFoundError: there is no such member, team or manager in the actor's organisation.
        NotAllowedError: the roles they have or are to have are not the actor's to give.
        UnknownRoleError: there is no such role, or none was given.
        StaleError: somebody changed it since it was opened; show both, lose neither.
        LastLeadError: nobody would be left to look after the organisation.
        AlreadyDoneError: the membership has ended, or all of this is so already.
    """
    of_whom = own_membership(actor=actor, membership_id=membership_id).organisation_id
    # the organisation first: two leads who change each other's roles must not both count on the other
    organisation = Organisation.objects.select_for_update(no_key=True).get(id=of_whom)
    member = own_membership(actor=actor, membership_id=membership_id, lock=True)
    wanted = sorted(set(roles))
    require(permissions.may_change_member(actor, of_whom, member.user_id, had=member.roles, wanted=wanted))
    if not wanted or not set(wanted) <= set(ROLES):
        raise UnknownRoleError(
            _("Choose at least one of these roles: %(roles)s.") % {"roles": ", ".join(ROLES)}
        )
    if member.is_over_on(timezone.localdate(at)):
        raise AlreadyDoneError(_("%(name)s has left.") % {"name": member.user.name})
    if opened and opened != fingerprint(member.place):
        raise StaleError(
            _(
                "Somebody else changed what %(name)s does here while you had it open. What you entered is "
                "below, beside theirs: choose what to keep."
            )
            % {"name": member.user.name}
        )
    if "organisation_lead" in member.roles and "organisation_lead" not in wanted and not leads_beside(member):
        raise LastLeadError(
            _("%(name)s is the only lead of %(organisation)s. Make somebody else a lead first.")
            % {"name": member.user.name, "organisation": organisation.name}
        )
    team = Team.objects.filter(organisation=organisation, id=team_id).first() if team_id else None
    others = Membership.objects.filter(organisation=organisation).exclude(id=member.id)
    manager = others.filter(id=manager_id).first() if manager_id else None
    if (team_id and team is None) or (manager_id and manager is None):
        raise NotFoundError(
            _("%(organisation)s has no such team or manager.") % {"organisation": organisation.name}
        )
    before = _in_short(member)
    if not member.change(
        roles=wanted, team=team, manager=manager, job_title=job_title.strip(), skills=sorted(set(skills))
    ):
        raise AlreadyDoneError(_("Nothing has changed."))
    record(
        events.MEMBER_CHANGED,
        actor=actor,
        about=("membership", member.id),
        member=member.user.name,
        before=before,
        after=_in_short(member),
    )
    return member


def _in_short(member: Membership) -> str:
    """What the trail says of a membership: roles and team, as other things open no record."""
    return ", ".join(member.roles) + (f" ({member.team.name})" if member.team else "")

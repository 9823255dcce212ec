"""Who may do what with organisations, teams, members and absences."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.access.roles import permissions_of
from alongside.casework.accounts.purposes import title_of
from alongside.casework.accounts.rules import TEAM_ROLES, WATCHES, shows_people


def _not_yours() -> Decision:
    return refused("not_your_organisation", _("Only an organisation's own members can change this."))


def _for_the_machine(tool: str) -> Decision:
    return refused(
        "for_the_machine",
        _(
            "This member oversees how others use information, or also works for another organisation. Only "
            "the people who run Alongside here can do this: ask them to run alongside manage %(tool)s."
        )
        % {"tool": tool},
    )


def _around_the_provider() -> Decision:
    return refused(
        "signs_on_elsewhere",
        _(
            "This member signs in through their organisation's own sign-on, and the people who run that look "
            "after their password. If they must have one here, ask the people who run Alongside to run "
            "alongside manage give-new-password."
        ),
    )


def may_set_up(actor: Actor) -> Decision:
    """Whether this is the installation itself, and not a member."""
    return (
        ALLOWED
        if actor.reach == EVERYBODY
        else refused("not_the_system", _("This can only be done where Alongside is installed."))
    )


def may_sign_in(actor: Actor) -> Decision:
    """Whether there is somebody to sign in."""
    return (
        ALLOWED if actor.user_id else refused("no_account", _("A part of the system has no account to use."))
    )


def may_choose_password(actor: Actor, *, has_one: bool) -> Decision:
    """Whether they may choose a password in place of one they have, if only a one-time one.

    An account without a password is given its first by somebody else, who checks who is asking: otherwise a
    session left open would be enough to get in ever after, past the council's own provider too.
    """
    none_here = refused(
        "no_password_here",
        _(
            "You have no password here, because you sign in another way. If you need one, ask your "
            "organisation lead."
        ),
    )
    return may_sign_in(actor) & (ALLOWED if has_one else none_here)


def may_choose_purpose(actor: Actor) -> Decision:
    """Whether they work with people, and so for a purpose."""
    return (
        ALLOWED
        if shows_people(actor.permissions)
        else refused(
            "no_purpose_needed",
            actor.withheld_because
            or _("Your role does not work with people's records, so there is no purpose to choose."),
        )
    )


def may_work_for(actor: Actor, purpose: str) -> Decision:
    """Whether a purpose is open to them now: the area pack has it, for their organisation, on this day."""
    open_now = (
        ALLOWED
        if purpose in actor.purposes
        else refused(
            "purpose_not_open", _("This purpose is not open to your organisation now. Choose another.")
        )
    )
    return may_choose_purpose(actor) & open_now


ANOTHER_PURPOSE = "given_for_another_purpose"
"""The refusal that somebody can do something about by changing what they are working for."""


def may_use_for(actor: Actor, given_for: str) -> Decision:
    """Whether what was given for a purpose may be opened: only by those working for that purpose now.

    UK GDPR Article 5(1)(b), purpose limitation. A part of the system works for all of them.
    """
    if actor.reach == EVERYBODY or given_for in ("", actor.purpose):
        return ALLOWED
    given = {"given": title_of(given_for)}
    if not actor.purpose:
        sentence = (
            _(
                "This was given to your organisation for “%(given)s”, and you have not said what you are "
                "working for. If that is what you are doing, change your purpose at the top of the page and "
                "open this again."
            )
            % given
        )
    else:
        sentence = _(
            "This was given to your organisation for “%(given)s”, but you are working for “%(now)s”. If you "
            "are now doing the first, change your purpose at the top of the page and open this again."
        ) % (given | {"now": title_of(actor.purpose)})
    return refused(ANOTHER_PURPOSE, sentence)


def may_read_partnership(actor: Actor) -> Decision:
    """Whether they may read what the partnership's organisations say about themselves."""
    return actor.may(Permission.DIRECTORY_READ)


def may_take_in_organisation(actor: Actor) -> Decision:
    """Whether they may add another organisation to the partnership."""
    return actor.may(Permission.ORGANISATION_MANAGE)


def may_describe(actor: Actor, organisation_id: UUID) -> Decision:
    """Whether they may change an organisation's profile."""
    return _at_home(actor, organisation_id) & actor.may(Permission.ORGANISATION_MANAGE)


def may_form_team(actor: Actor, organisation_id: UUID) -> Decision:
    """Whether they may form a team."""
    return _at_home(actor, organisation_id) & actor.may(Permission.ORGANISATION_MANAGE)


def may_manage_members(actor: Actor, organisation_id: UUID) -> Decision:
    """Whether they may say who belongs to an organisation."""
    return _at_home(actor, organisation_id) & actor.may(Permission.TEAM_MANAGE)


def may_give_roles(
    actor: Actor, organisation_id: UUID, roles: Iterable[str], *, first_member: bool = False
) -> Decision:
    """Whether they may let somebody belong to an organisation in these roles.

    Managing a team does not allow somebody to make an auditor or an approver. The lead of any organisation
    may give a newly added organisation its first member, who then adds all the others.
    """
    lead = actor.may(Permission.ORGANISATION_MANAGE)
    if first_member and set(roles) == {"organisation_lead"}:
        return lead
    if TEAM_ROLES.issuperset(roles):
        return may_manage_members(actor, organisation_id)
    return _at_home(actor, organisation_id) & lead


def may_change_member(
    actor: Actor, organisation_id: UUID, user_id: UUID, *, had: Iterable[str], wanted: Iterable[str]
) -> Decision:
    """Whether they may give a member other roles than those they had, and change what else they do there.

    Both must be theirs to give. Nobody makes themselves an auditor or an approver: another lead does.
    """
    both = may_give_roles(actor, organisation_id, [*had, *wanted])
    if actor.user_id == user_id and set(wanted) - set(had) - TEAM_ROLES:
        return both & refused("own_roles", _("You cannot give yourself this role: ask another lead."))
    return both


@dataclass(frozen=True)
class ToHelp:
    """A member who may have lost what they sign in with: what decides who may help them.

    Attributes:
        organisation_id: where they are helped.
        user_id: whose account it is.
        roles: all the roles that they have or will have there, from any of their memberships.
        elsewhere: whether they also act, or will act, for another organisation.
        signs_on: whether the account is bound to one at the council's own provider.
    """

    organisation_id: UUID
    user_id: UUID
    roles: frozenset[str]
    elsewhere: bool
    signs_on: bool


def may_take_off_second_factor_of(actor: Actor, whose: ToHelp) -> Decision:
    """Whether they may remove the second factor of a member who has lost it.

    Anybody who may give all of these roles there may do it, with two exceptions that are left to the people
    who run the server. Those who oversee others must not be weakened by the people they oversee. And an
    account that also acts for another organisation is not for one organisation alone to weaken, or somebody
    could be made a member just to make that possible.
    """
    if actor.user_id == whose.user_id:
        return refused("own_second_factor", _("You cannot do this for yourself: ask an organisation lead."))
    return _may_help(actor, whose, tool="take-off-second-factor")


def may_give_password_to(actor: Actor, whose: ToHelp) -> Decision:
    """Whether they may give a one-time password to a member who has lost theirs.

    The people who may remove their second factor may, with the same exceptions: whoever has a password
    is as good as its owner. And if the council's own provider says who somebody is, no colleague may open a
    way around it.
    """
    if actor.user_id == whose.user_id:
        return refused("own_password", _("You are signed in: change your own password in My security."))
    around = _around_the_provider() if whose.signs_on and actor.reach != EVERYBODY else ALLOWED
    return _may_help(actor, whose, tool="give-new-password") & around


def _may_help(actor: Actor, whose: ToHelp, *, tool: str) -> Decision:
    if actor.reach == EVERYBODY:
        return ALLOWED
    watches = not permissions_of(whose.roles).isdisjoint(WATCHES)
    return may_give_roles(actor, whose.organisation_id, whose.roles) & (
        _for_the_machine(tool) if watches or whose.elsewhere else ALLOWED
    )


def may_seal_anew(actor: Actor) -> Decision:
    """Whether this is the installation itself, which holds the keys."""
    return may_set_up(actor)


def may_note_training(actor: Actor, organisation_id: UUID, user_id: UUID) -> Decision:
    """Whether they may record a member's training: never their own, because it opens records."""
    if actor.user_id == user_id:
        return refused("own_training", _("You cannot record your own training: ask your manager or a lead."))
    return may_manage_members(actor, organisation_id)


def may_note_absence(actor: Actor, organisation_id: UUID, user_id: UUID) -> Decision:
    """Whether they may say that a member is away, or back: their own absence, or if they manage the team."""
    if actor.user_id == user_id and actor.organisation_id == organisation_id:
        return ALLOWED
    return may_manage_members(actor, organisation_id)


def _at_home(actor: Actor, organisation_id: UUID) -> Decision:
    at_home = actor.reach == EVERYBODY or actor.organisation_id == organisation_id
    return ALLOWED if at_home else _not_yours()

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
    return refused("not_your_organisation", _("Only an organisation's own members look after this."))


def _for_the_machine(tool: str) -> Decision:
    return refused(
        "for_the_machine",
        _(
            "They watch over how others use information, or work for another organisation too. So this is "
            "for whoever runs Alongside here: ask them for alongside manage %(tool)s."
        )
        % {"tool": tool},
    )


def _around_the_provider() -> Decision:
    return refused(
        "signs_on_elsewhere",
        _(
            "They sign in through their organisation's own sign-on, which looks after their password: who "
            "runs that helps them. If they must have one here, it is for whoever runs Alongside here: ask "
            "them for alongside manage give-new-password."
        ),
    )


def may_set_up(actor: Actor) -> Decision:
    """Whether this is the installation itself, at its beginning."""
    return (
        ALLOWED
        if actor.reach == EVERYBODY
        else refused("not_the_system", _("A partnership is begun once, where Alongside is installed."))
    )


def may_sign_in(actor: Actor) -> Decision:
    """Whether there is somebody to sign in."""
    return (
        ALLOWED if actor.user_id else refused("no_account", _("A part of the system has no account to use."))
    )


def may_choose_purpose(actor: Actor) -> Decision:
    """Whether they work with people, and so for a purpose."""
    return (
        ALLOWED
        if shows_people(actor.permissions)
        else refused(
            "no_purpose_needed",
            actor.withheld_because
            or _("Your role works with nobody's record, so there is no purpose to choose."),
        )
    )


def may_work_for(actor: Actor, purpose: str) -> Decision:
    """Whether a purpose is open to them now: one of the area pack's, for their organisation, in its time."""
    open_now = (
        ALLOWED
        if purpose in actor.purposes
        else refused(
            "purpose_not_open", _("This purpose is not open to your organisation now. Choose another.")
        )
    )
    return may_choose_purpose(actor) & open_now


ANOTHER_PURPOSE = "given_for_another_purpose"
"""The refusal that whoever changes what they are working for can do something about."""


def may_use_for(actor: Actor, given_for: str) -> Decision:
    """Whether what was given for a purpose may be opened: by those who work for that one now.

    UK GDPR Article 5(1)(b), purpose limitation. A part of the system works for all of them.
    """
    if actor.reach == EVERYBODY or given_for in ("", actor.purpose):
        return ALLOWED
    given = {"given": title_of(given_for)}
    if not actor.purpose:
        sentence = (
            _(
                "This was given to your organisation for “%(given)s”, and you have not said yours. "
                "If that is what you are doing, change your purpose at the top of the page and open "
                "this again."
            )
            % given
        )
    else:
        sentence = _(
            "This was given to your organisation for “%(given)s”, and you are working for “%(now)s” now. If "
            "that is what you are doing, change your purpose at the top of the page and open this again."
        ) % (given | {"now": title_of(actor.purpose)})
    return refused(ANOTHER_PURPOSE, sentence)


def may_read_partnership(actor: Actor) -> Decision:
    """Whether they may read what the partnership's organisations say of themselves."""
    return actor.may(Permission.DIRECTORY_READ)


def may_take_in_organisation(actor: Actor) -> Decision:
    """Whether they may take another organisation into the partnership."""
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

    Who manages a team cannot by that make an auditor or an approver. The lead of any organisation may give
    one that has just been taken in its first member, who then gives it all others.
    """
    lead = actor.may(Permission.ORGANISATION_MANAGE)
    if first_member and set(roles) == {"organisation_lead"}:
        return lead
    if TEAM_ROLES.issuperset(roles):
        return may_manage_members(actor, organisation_id)
    return _at_home(actor, organisation_id) & lead


@dataclass(frozen=True)
class ToHelp:
    """A member who may have lost what they sign in with, as far as it decides who may help them.

    Attributes:
        organisation_id: where they are helped.
        user_id: whose account it is.
        roles: all that they are there or will be, by whichever membership.
        elsewhere: whether they act, or will, for another organisation too.
        signs_on: whether the council's own provider knows the account by a name of its own.
    """

    organisation_id: UUID
    user_id: UUID
    roles: frozenset[str]
    elsewhere: bool
    signs_on: bool


def may_take_off_second_factor_of(actor: Actor, whose: ToHelp) -> Decision:
    """Whether they may take the second factor of a member off who has lost it.

    Whoever may let somebody belong there in all of these roles may; with two exceptions, left to whoever runs
    the machine. Who watches over others must not be weakened by those they watch. And an account that acts
    for another organisation too is not one's own organisation's to weaken, or one could make a member of
    somebody in order to do so.
    """
    if actor.user_id == whose.user_id:
        return refused("own_second_factor", _("Somebody else must do this for you: an organisation lead."))
    return _may_help(actor, whose, tool="take-off-second-factor")


def may_give_password_to(actor: Actor, whose: ToHelp) -> Decision:
    """Whether they may give a member a password to sign in with once who has lost theirs.

    The same may who may take their second factor off, and with the same exceptions: whoever has a password
    is as good as its owner. And where the council's own provider says who somebody is, no colleague opens a
    way around it.
    """
    if actor.user_id == whose.user_id:
        return refused("own_password", _("You have signed in: change your own password in My security."))
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
    """Whether this is the installation itself, which has the keys."""
    return may_set_up(actor)


def may_note_training(actor: Actor, organisation_id: UUID, user_id: UUID) -> Decision:
    """Whether they may say that a member did a training: never of themselves, for it opens records."""
    if actor.user_id == user_id:
        return refused("own_training", _("Somebody else must note your training: your manager, or a lead."))
    return may_manage_members(actor, organisation_id)


def may_note_absence(actor: Actor, organisation_id: UUID, user_id: UUID) -> Decision:
    """Whether they may say that a member is away, or back: oneself, or who manages the team."""
    if actor.user_id == user_id and actor.organisation_id == organisation_id:
        return ALLOWED
    return may_manage_members(actor, organisation_id)


def _at_home(actor: Actor, organisation_id: UUID) -> Decision:
    at_home = actor.reach == EVERYBODY or actor.organisation_id == organisation_id
    return ALLOWED if at_home else _not_yours()

"""Who may do what on worklists, in conversations and with referrals."""

from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.outreach.models import HandOver, Referral, WorkItem


def may_read_list(actor: Actor) -> Decision:
    """Say whether the actor may see worklists of their own organisation."""
    return actor.may(Permission.WORKLIST_READ)


def may_raise(actor: Actor) -> Decision:
    """Say whether the actor may put somebody on the list."""
    return actor.may(Permission.WORKLIST_WORK)


def may_work(actor: Actor, item: WorkItem) -> Decision:
    """Say whether the actor may work on an item.

    It must be theirs, or that of somebody away whom they cover for; and a manager may step in.
    """
    if actor.may(Permission.WORKLIST_MANAGE).allowed or actor.reach == EVERYBODY:
        return ALLOWED
    own = (
        ALLOWED
        if item.assigned_to is not None
        and (item.assigned_to.user_id == actor.user_id or item.assigned_to.id in actor.covers)
        else refused(
            "not_assigned_to_you", _("This is not on your list. Ask for it to be handed over to you.")
        )
    )
    return actor.may(Permission.WORKLIST_WORK) & own


def may_take(actor: Actor, item: WorkItem) -> Decision:
    """Say whether the actor may take an item that they can see: one that nobody has."""
    nobodys = (
        ALLOWED
        if item.assigned_to is None
        else refused(
            "somebody_has_it",
            _("%(name)s has this. Ask them to hand it over to you.") % {"name": item.assigned_to.user.name},
        )
    )
    return actor.may(Permission.WORKLIST_WORK) & nobodys


def may_manage(actor: Actor) -> Decision:
    """Say whether the actor may give out and move work."""
    return actor.may(Permission.WORKLIST_MANAGE)


def may_hear_that_nobody_gives(actor: Actor) -> Decision:
    """Say whether the actor is told that work waits for nobody: whoever can make somebody a manager."""
    return actor.may(Permission.ORGANISATION_MANAGE)


def may_let_releases_lapse(actor: Actor) -> Decision:
    """Say whether the actor may look at every release for what has ended: only a part of the system may."""
    if actor.reach == EVERYBODY:
        return actor.may(Permission.WORKLIST_MANAGE)
    return refused("not_a_part_of_the_system", _("This is done at night, for all organisations at once."))


def may_answer_hand_over(actor: Actor, offered: HandOver) -> Decision:
    """Say whether the actor may answer: the member who was asked, or whoever covers for them.

    Who asked may not answer themself, though they cover: it would be put on somebody who cannot say no.
    """
    covers = offered.to_id in actor.covers and offered.by_name != actor.name
    asked = (
        ALLOWED
        if offered.to.user_id == actor.user_id or covers
        else refused("not_asked_of_you", _("Somebody else was asked to take this over."))
    )
    return actor.may(Permission.WORKLIST_WORK) & asked


def may_hold_conversation(actor: Actor, item: WorkItem) -> Decision:
    """Say whether the actor may hold the conversation with the person of an item."""
    return actor.may(Permission.CONVERSATION_HOLD) & may_work(actor, item)


def may_refer(actor: Actor, item: WorkItem) -> Decision:
    """Say whether the actor may refer the person of an item."""
    return actor.may(Permission.REFERRAL_MAKE) & may_work(actor, item)


def may_make_referrals(actor: Actor) -> Decision:
    """Say whether the actor's role refers anybody at all."""
    return actor.may(Permission.REFERRAL_MAKE)


def may_take_back(actor: Actor, referral: Referral, item: WorkItem) -> Decision:
    """Say whether the actor may take back a referral: it must be their own organisation's.

    Whoever has the item it was made from may, or a manager, though they may no longer see the person: a
    person who changed their mind may have objected to that too.
    """
    own = (
        ALLOWED
        if referral.from_organisation_id == actor.organisation_id
        else refused("not_referred_by_you", _("Only the organisation that made a referral can take it back."))
    )
    return own & may_refer(actor, item)


def may_tell_worries(actor: Actor) -> Decision:
    """Say whether the actor may tell a worry about somebody who has no record here yet."""
    return (
        actor.may(Permission.PERSON_EDIT)
        & actor.may(Permission.WORKLIST_WORK)
        & actor.may(Permission.REFERRAL_MAKE)
    )


def may_see_referrals(actor: Actor) -> Decision:
    """Say whether the actor may see referrals to and from their organisation."""
    return actor.may(Permission.REFERRAL_ANSWER)


def may_answer_referral(actor: Actor, referral: Referral) -> Decision:
    """Say whether the actor may answer a referral: it must be to their own organisation."""
    own = (
        ALLOWED
        if referral.to_organisation_id == actor.organisation_id
        else refused(
            "not_referred_to_you", _("Another organisation was asked this, and only they can answer it.")
        )
    )
    return actor.may(Permission.REFERRAL_ANSWER) & own


def may_read_agreement(actor: Actor) -> Decision:
    """Say whether the actor may see how flags were judged."""
    return actor.may(Permission.AGREEMENT_RATE_READ)

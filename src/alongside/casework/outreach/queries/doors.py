"""Which items, conversations and referrals an actor may see, and the door to one of each."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach import permissions
from alongside.casework.outreach.models import Conversation, HandOver, Referral, WorkItem
from alongside.casework.outreach.models.items import WorkItemQuerySet


def items_visible_to(actor: Actor) -> WorkItemQuerySet:
    """Return the items of the actor's organisation that are theirs, their team's, or a manager's to see."""
    if not permissions.may_read_list(actor).allowed:
        return WorkItem.objects.none()
    if actor.reach == EVERYBODY:
        return WorkItem.objects.all()
    items = WorkItem.objects.filter(organisation_id=actor.member_of)
    if actor.may(Permission.WORKLIST_MANAGE).allowed:
        return items
    asked = HandOver.objects.filter(to__user_id=actor.account, answered_at=None).values("item_id")
    return items.filter(
        Q(team_id__in=actor.team_ids) | Q(assigned_to__user_id=actor.account) | Q(id__in=asked)
    )


def get_item(*, actor: Actor, item_id: UUID) -> WorkItem:
    """Return an item.

    Raises:
        NotFoundError: there is none, or it is not the actor's to see: the two are answered alike.
    """
    item = (
        items_visible_to(actor)
        .select_related("person__merged_into", "flag", "team", "assigned_to__user")
        .filter(id=item_id)
        .first()
    )
    if item is None:
        raise NotFoundError(_("There is no such item on a list that is yours to see."))
    return item


def lock_item(*, actor: Actor, item_id: UUID) -> WorkItem:
    """Return an item as ``get_item`` does, locked until the transaction ends."""
    get_item(actor=actor, item_id=item_id)
    WorkItem.objects.select_for_update(of=("self",)).get(id=item_id)
    return get_item(actor=actor, item_id=item_id)  # read again: whoever held the lock may have changed it


def get_conversation(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Return a conversation about an item the actor may see.

    Raises:
        NotFoundError: there is none, or it is not the actor's to see.
    """
    found = (
        Conversation.objects.select_related(
            "item__person__merged_into", "item__assigned_to__user", "item__team"
        )
        .filter(id=conversation_id, item__in=items_visible_to(actor))
        .first()
    )
    if found is None:
        raise NotFoundError(_("There is no such conversation that is yours to see."))
    return found


def lock_conversation(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Return a conversation as ``get_conversation`` does, locked until the transaction ends."""
    get_conversation(actor=actor, conversation_id=conversation_id)
    Conversation.objects.select_for_update(of=("self",)).get(id=conversation_id)
    return get_conversation(actor=actor, conversation_id=conversation_id)


def lock_referral(*, actor: Actor, referral_id: UUID) -> Referral:
    """Return a referral to or from the actor's organisation, locked until the transaction ends.

    Raises:
        NotFoundError: there is none, or it is between others.
    """
    between = Q(from_organisation_id=actor.member_of) | Q(to_organisation_id=actor.member_of)
    found = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("to_organisation", "from_organisation")
        .filter(between, id=referral_id)
        .first()
    )
    if found is None:
        raise NotFoundError(_("There is no such referral to or from your organisation."))
    return found


def get_member(*, actor: Actor, member_id: UUID, on: date) -> Membership:
    """Return a member of the actor's organisation on a day.

    Raises:
        NotFoundError: there is no such member, or they have left.
    """
    found = (
        Membership.objects.on(on)
        .select_related("user", "team")
        .filter(id=member_id, organisation_id=actor.member_of)
        .first()
    )
    if found is None:
        raise NotFoundError(_("There is no such member of your organisation, or they have left."))
    return found

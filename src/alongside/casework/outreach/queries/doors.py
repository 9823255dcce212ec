"""Which items, conversations and referrals an actor may see, and the door to one of each."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.permissions import may_use_for
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NoLongerSeenError, NotFoundError
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach import permissions
from alongside.casework.outreach.models import Conversation, HandOver, Referral, WorkItem
from alongside.casework.outreach.models.items import WorkItemQuerySet
from alongside.casework.outreach.queries.not_theirs import reached_another
from alongside.casework.people.queries import no_longer_seen


class WhoAsks(TypedDict):
    """Who asks for items: their organisation, account and teams, and whom they cover for."""

    organisation: UUID | None
    user: UUID | None
    teams: list[UUID]
    covers: list[UUID]


class Sees(StrEnum):
    """Which items somebody sees."""

    NONE = "none"
    ALL = "all"
    """Of all organisations, as parts of the system do."""
    OF_ORGANISATION = "of_organisation"
    """All of their own: they manage."""
    OWN = "own"
    """Theirs, those of their teams, and those they are asked to take over; also of whom they cover for."""


def sees(actor: Actor) -> Sees:
    """Return which items the actor sees."""
    if not permissions.may_read_list(actor).allowed:
        return Sees.NONE
    if actor.reach == EVERYBODY:
        return Sees.ALL
    return Sees.OF_ORGANISATION if actor.may(Permission.WORKLIST_MANAGE).allowed else Sees.OWN


def who_asks(actor: Actor) -> WhoAsks:
    """Return what a query that is composed once needs of the actor, for ``items_within``."""
    return {
        "organisation": actor.organisation_id,
        "user": actor.user_id,
        "teams": list(actor.team_ids),
        "covers": list(actor.covers),
    }


def items_visible_to(actor: Actor) -> WorkItemQuerySet:
    """Return the items of the actor's organisation that are theirs, their team's, or a manager's to see."""
    who = who_asks(actor)
    asked = HandOver.objects.open().filter(to_id__in=who["covers"]).values("item_id")
    with_others = Q(team_id__in=who["teams"]) | Q(assigned_to_id__in=who["covers"]) | Q(id__in=asked)
    return items_within(sees(actor), who["organisation"], who["user"], with_others)


def with_others(teams: Any, covers: Any) -> Q:
    """Return whether an item is of one of these teams or members, or they are asked to take it over.

    For a query that is composed once.
    """
    asked = HandOver.objects.open().filter(among("to_id", covers)).values("item_id")
    return Q(among("team_id", teams)) | Q(among("assigned_to_id", covers)) | Q(id__in=asked)


def items_within(which: Sees, organisation: Any, user: Any, with_others: Q) -> WorkItemQuerySet:
    """Return the same by who asks, for a query that is composed once.

    Args:
        which: as ``sees`` returns it.
        organisation: theirs, or the placeholder for it.
        user: their account, or the placeholder for it.
        with_others: whether an item is of one of their teams, or of somebody whom they cover for, or such a
            person is asked to take it over.
    """
    if which is Sees.NONE:
        return WorkItem.objects.none()
    if which is Sees.ALL:
        return WorkItem.objects.all()
    items = WorkItem.objects.filter(organisation_id=organisation)
    if which is Sees.OF_ORGANISATION:
        return items
    asked = HandOver.objects.open().filter(to__user_id=user).values("item_id")
    return items.filter(with_others | Q(assigned_to__user_id=user) | Q(id__in=asked))


def items_of(user: Any, organisation: Any, covers: Any) -> WorkItemQuerySet:
    """Return a member's items and those of whom they cover for, for a query that is composed once.

    Members are given as a list, without a join, so that PostgreSQL applies it before it checks the wall.
    """
    whose = Membership.objects.filter(Q(user_id=user) | Q(among("id", covers)), organisation_id=organisation)
    theirs = among("assigned_to_id", ArraySubquery(whose.values("id")))
    return WorkItem.objects.filter(theirs, organisation_id=organisation)


def with_people_as_they_are_now(items: Iterable[WorkItem]) -> list[WorkItem]:
    """Return the same items, each with the record its person's was merged into, if it was.

    A query of its own, for the few: joining every list's people to people again costs the planner more than
    everything else on the page.
    """
    found = list(items)
    merged = [item.person for item in found if item.person.merged_into_id is not None]
    prefetch_related_objects(merged, "merged_into")
    return found


def get_item(*, actor: Actor, item_id: UUID) -> WorkItem:
    """Return an item.

    Raises:
        NotFoundError: there is none, or it is not the actor's to see: the two are answered alike.
        NoLongerSeenError: it was on a list of theirs, and they can no longer see the person.
        NotAllowedError: it was released for another purpose than the actor works for (ADR 0016).
    """
    found = with_people_as_they_are_now(_item(sees(actor), item=item_id, **who_asks(actor)))
    if not found:
        raise _no_longer(actor, item_id) or NotFoundError(
            _("There is no such item on a list that you can see.")
        )
    (item,) = found
    require(may_use_for(actor, _given_for(item)))
    return item


@composed_once
def _item(
    which: Sees, /, *, organisation: UUID | None, user: UUID | None, teams: list[UUID],
    covers: list[UUID], item: UUID,
) -> QuerySet[WorkItem]:  # fmt: skip
    seen = items_within(which, organisation, user, with_others(teams, covers)).filter(id=item)
    return seen.select_related(
        "person", "flag__release", "later_flag__release", "team", "assigned_to__user", "judgement"
    )


def _given_for(item: WorkItem) -> str:
    """The purpose of the release an item came from; empty where somebody raised it."""
    return item.flag.release.purpose if item.flag else ""


def _no_longer(actor: Actor, item_id: UUID) -> NoLongerSeenError | None:
    """What to say about an item on a list of the actor's, about somebody they can no longer see."""
    if not permissions.may_read_list(actor).allowed:
        return None
    with beyond_reach(actor):
        item = items_visible_to(actor).filter(id=item_id).first()
    return no_longer_seen(actor=actor, person_id=item.person_id) if item else None


def lock_item(*, actor: Actor, item_id: UUID) -> WorkItem:
    """Return an item as ``get_item`` does, locked until the transaction ends."""
    get_item(actor=actor, item_id=item_id)
    WorkItem.objects.select_for_update(of=("self",), no_key=True).get(id=item_id)
    return get_item(actor=actor, item_id=item_id)  # read again: whoever held the lock may have changed it


def get_conversation(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Return a conversation about an item the actor may see.

    Raises:
        NotFoundError: there is none, or it is not the actor's to see.
        NoLongerSeenError: it was theirs to see, and they can no longer see the person.
        NotAllowedError: it is about an item that was released for another purpose, as for ``get_item``.
    """
    found = _conversation(sees(actor), conversation=conversation_id, **who_asks(actor))
    if not found:
        with beyond_reach(actor):
            about = Conversation.objects.filter(id=conversation_id).values_list("item_id", flat=True).first()
        raise (_no_longer(actor, about) if about else None) or NotFoundError(
            _("There is no such conversation that you can see.")
        )
    (talk,) = found
    with_people_as_they_are_now([talk.item])
    require(may_use_for(actor, _given_for(talk.item)))
    return talk


@composed_once
def _conversation(
    which: Sees, /, *, organisation: UUID | None, user: UUID | None, teams: list[UUID],
    covers: list[UUID], conversation: UUID,
) -> QuerySet[Conversation]:  # fmt: skip
    items = items_within(which, organisation, user, with_others(teams, covers))
    about = Conversation.objects.filter(id=conversation, item__in=items)
    about = about.annotate(not_theirs_until=reached_another())
    return about.select_related(
        "item__person", "item__assigned_to__user", "item__team", "item__organisation", "item__flag__release"
    )


def lock_conversation(*, actor: Actor, conversation_id: UUID) -> Conversation:
    """Return a conversation as ``get_conversation`` does, locked until the transaction ends."""
    get_conversation(actor=actor, conversation_id=conversation_id)
    Conversation.objects.select_for_update(of=("self",), no_key=True).get(id=conversation_id)
    return get_conversation(actor=actor, conversation_id=conversation_id)


def lock_referral(*, actor: Actor, referral_id: UUID) -> Referral:
    """Return a referral to or from the actor's organisation, locked until the transaction ends.

    Raises:
        NotFoundError: there is none, or it is between others.
    """
    between = Q(from_organisation_id=actor.member_of) | Q(to_organisation_id=actor.member_of)
    found = (
        Referral.objects.select_for_update(of=("self",), no_key=True)
        .select_related("to_organisation", "from_organisation")
        .filter(between, id=referral_id)
        .first()
    )
    if found is None:
        raise NotFoundError(_("There is no such referral to or from your organisation."))
    return found


def own_membership(*, actor: Actor, on: date) -> Membership:
    """Return the actor's membership on a day."""
    present = Membership.objects.on(on).select_related("user", "team")
    return present.get(user_id=actor.account, organisation_id=actor.member_of)


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

"""Who besides one member may do something that takes a second person."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts import permissions
from alongside.casework.accounts.models import Membership
from alongside.casework.operations import query


@query()
def others_here_who_may(*, actor: Actor, permission: Permission, but: UUID, on: date) -> list[str]:
    """Return the names of those in the actor's organisation who may do something on a day, by name.

    Args:
        actor: who asks.
        permission: what they may do.
        but: the account of whoever may not, as it takes somebody else.
        on: the day.
    """
    return _names(_others(actor, permission, but, on).filter(organisation_id=actor.member_of))


@query()
def others_who_may(*, actor: Actor, permission: Permission, but: UUID, on: date) -> list[str]:
    """Return the same of the whole partnership, for what is not for one organisation alone."""
    return _names(_others(actor, permission, but, on))


def _others(actor: Actor, permission: Permission, but: UUID, on: date) -> QuerySet[Membership]:
    require(permissions.may_read_partnership(actor))
    return Membership.objects.on(on).who_may(permission).filter(user__is_active=True).exclude(user_id=but)


def _names(found: QuerySet[Membership]) -> list[str]:
    return list(found.order_by("user__name", "id").values_list("user__name", flat=True))

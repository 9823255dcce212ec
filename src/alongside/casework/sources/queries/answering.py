"""Who answers for an organisation's data: the same people are told of a question and find it on their day."""

from datetime import date
from uuid import UUID

from django.db.models import Exists

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.models.members import MembershipQuerySet
from alongside.casework.operations import query
from alongside.casework.sources import permissions
from alongside.casework.sources.models import DataQuestion


def who_answers(organisation_id: UUID, *, on: date) -> Permission:
    """Return what those may do who answer for an organisation's data on a day.

    They are its data analysts; many an organisation has none, and then whoever may talk about data at all.
    """
    return Permission.LINK_REVIEW if _analysts(organisation_id, on).exists() else Permission.DATA_QUESTION


@query()
def questions_waiting(*, actor: Actor, on: date) -> list[DataQuestion]:
    """Return the open questions to the actor's organisation, the oldest first, if the actor answers them."""
    require(permissions.may_ask_about_data(actor))
    put_to_us = DataQuestion.objects.filter(owner_id=actor.member_of, settled_at=None)
    if not permissions.may_review_links(actor).allowed:
        # in the same look at the database: everybody who works with people has this on their day
        put_to_us = put_to_us.filter(~Exists(_analysts(actor.member_of, on)))
    return list(put_to_us.select_related("owner", "asked_by_organisation").order_by("asked_at", "id"))


def _analysts(organisation_id: UUID, on: date) -> MembershipQuerySet:
    there = Membership.objects.on(on).filter(organisation_id=organisation_id)
    return there.who_may(Permission.LINK_REVIEW)

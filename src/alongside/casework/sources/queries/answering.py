"""Who answers for an organisation's data: the same people are told of a question and find it on their day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.models.members import MembershipQuerySet
from alongside.casework.kernel.composed import composed_once
from alongside.casework.operations import query
from alongside.casework.sources import permissions
from alongside.casework.sources.models import DataQuestion, DataQuestionMessage

LATELY = timedelta(days=14)
"""How long an answer is told to whoever asked."""


@dataclass(frozen=True)
class Questions:
    """Questions about data on a member's day.

    Attributes:
        to_answer: those they are to answer.
        over: those they were to answer that were recently settled, and their own that were or have an answer.
    """

    to_answer: list[DataQuestion]
    over: list[DataQuestion]


def who_answers(organisation_id: UUID, *, on: date) -> Permission:
    """Return what those may do who answer for an organisation's data on a day.

    They are its data analysts; many an organisation has none, and then whoever may talk about data at all.
    """
    return Permission.LINK_REVIEW if _analysts(organisation_id, on).exists() else Permission.DATA_QUESTION


@query()
def questions_waiting(*, actor: Actor, on: date) -> Questions:
    """Return the open questions to the actor's organisation, the oldest first, if the actor answers them.

    And what recently came of those, and of the actor's own, likewise.
    """
    require(permissions.may_ask_about_data(actor))
    found = _questions(
        permissions.may_review_links(actor).allowed,
        organisation=actor.member_of,
        name=actor.name,
        on=on,
        since=timezone.make_aware(datetime.combine(on - LATELY, time())),
    )
    to_answer: list[DataQuestion] = []
    over: list[DataQuestion] = []
    for each in found:
        waits = each.is_put_to_us and each.settled_at is None
        (to_answer if waits else over).append(each)
    return Questions(to_answer, over)


@composed_once
def _questions(
    is_analyst: bool, /, *, organisation: UUID, name: str, on: date, since: datetime
) -> QuerySet[Any]:
    lately = Q(settled_at__gte=since)
    put_to_us = Q(owner_id=organisation)
    if not is_analyst:
        # in the same look at the database: everybody who works with people has this on their day
        put_to_us &= ~Q(Exists(_analysts(organisation, on)))
    # what colleagues of whoever asked add is no answer, unless they are also those who were asked
    said = DataQuestionMessage.objects.filter(
        question=OuterRef("id"), organisation_id=OuterRef("owner_id"), at__gte=since
    ).exclude(by=name, organisation_id=organisation)
    own = Q(asked_by=name, asked_by_organisation_id=organisation)
    return (
        DataQuestion.objects.annotate(is_put_to_us=ExpressionWrapper(put_to_us, BooleanField()))
        .filter(put_to_us & (Q(settled_at=None) | lately) | own & (Q(Exists(said)) | lately))
        .select_related("owner", "asked_by_organisation")
        .order_by("asked_at", "id")
    )


def _analysts(organisation_id: UUID, on: date) -> MembershipQuerySet:
    there = Membership.objects.on(on).filter(organisation_id=organisation_id)
    return there.who_may(Permission.LINK_REVIEW)

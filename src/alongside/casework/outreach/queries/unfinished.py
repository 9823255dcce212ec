"""Conversations that were unfinished when their item ended, such as where others took the person over."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.casework.outreach.models import Answer, Conversation
from alongside.casework.outreach.queries.doors import items_of
from alongside.casework.outreach.rules import OPEN

FINISH = "finish"


def ended_half_way(user: Any, organisation: Any, covers: Any) -> QuerySet[Conversation]:
    """Return those in which something is written, of a member and of whom they cover for, the oldest first.

    The item is on nobody's list any more: nothing else leads to what was written. For a query that is
    composed once.
    """
    ended = items_of(user, organisation, covers).exclude(state__in=OPEN)
    written = ~Q(ending={}) | Exists(Answer.objects.filter(conversation=OuterRef("id")))
    unfinished = Conversation.objects.filter(written, finished_at=None, item__in=ended.values("id"))
    return unfinished.order_by("begun_at", "id")

"""What in a conversation is somebody else's: what was written before the wrong person was noted."""

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.casework.outreach.models import Attempt, Conversation
from alongside.casework.outreach.rules import Result


def reached_another() -> Subquery:
    """Return when that was noted last while a conversation went on, for a query of conversations."""
    until = Coalesce(OuterRef("finished_at"), F("at"))
    noted = _noted(OuterRef("item"), OuterRef("begun_at"), until)
    return Subquery(noted.order_by("-at").values("at")[:1])


def not_theirs_until(talk: Conversation) -> datetime | None:
    """Return the same for one; None where nobody else spoke. Part of a command that checked who asks."""
    noted = _noted(talk.item_id, talk.begun_at, talk.finished_at or F("at"))
    return noted.order_by("-at").values_list("at", flat=True).first()


def _noted(item: Any, begun: Any, until: Any) -> QuerySet[Attempt]:
    wrong = Attempt.objects.filter(item=item, result=Result.WRONG_PERSON)
    return wrong.filter(at__gte=begun, at__lte=until)

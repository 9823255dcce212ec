"""The shape of every row of a member's day in cases."""

from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject

NOBODY = Value("", output_field=CharField())
"""Who is meant, where a row is about nobody in particular."""


def alike(
    rows: QuerySet[Any], kind: str, name: Combinable, when: str | Combinable, **facts: Any
) -> QuerySet[Any, Any]:
    """Return rows of one table in that shape: what kind, id, who is meant, when, and why it waits."""
    found: QuerySet[Any] = rows.order_by().annotate(
        of_kind=Value(kind),
        row_id=F("id"),
        whom=name,
        moment=Cast(when, DateTimeField()),
        facts=JSONObject(**facts),
    )
    return found.values_list("of_kind", "row_id", "whom", "moment", "facts")

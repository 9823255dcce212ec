"""What it is not safe that a person knows, and so is held back of all they may read about themself."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.outreach.models import Referral
from alongside.casework.people.models import KnownTo, Reach
from alongside.casework.rights.queries.lines import key_of, row_key
from alongside.casework.rights.queries.rows import Word
from alongside.casework.rights.rules.statement import Held
from alongside.casework.sharing.models import (
    Disclosure,
    InformationRequest,
    LaterView,
    LookChased,
    LookedAgain,
    Recipient,
    RecipientTold,
    RequestChaser,
    RequestItem,
    ShareDecision,
    SharedItem,
)
from alongside.casework.sharing.rules.overrides import Ground, may_be_told_of

_ASKED = frozenset(model._meta.label for model in (KnownTo, Referral, LookedAgain, LookChased))


def unsafe_keys(records: frozenset[UUID], decisions: Iterable[ShareDecision]) -> frozenset[str]:
    """Return table and row of all by which a person would learn what it is not safe that they know.

    An answer to a request for access marks these, so that none goes out unlooked at. Sees all rows.

    Args:
        records: the ids of all records of the person.
        decisions: all about the person, each with its ``override`` and ``second_look``.
    """
    unsafe = [each for each in decisions if ground_of(each)]
    found = list(_rows_not_safe(records=list(records), decisions=[each.id for each in unsafe]))
    asked = [UUID(row) for label, row in found if label in _ASKED]
    if asked:  # and that whoever was asked has seen the record since
        found += [(Reach._meta.label, str(id_)) for id_ in _reached(records=list(records), asked=asked)]
    beside = (getattr(each, name, None) for each in unsafe for name in ("override", "second_look"))
    rows = [*unsafe, *(each for each in beside if each)]
    return frozenset(key_of(row) for row in rows) | {row_key(label, row) for label, row in found}


@composed_once
def _reached(*, records: list[UUID], asked: list[UUID]) -> QuerySet[Reach, UUID]:
    return Reach.objects.filter(among("person", records), among("about", asked)).values_list("id", flat=True)


@composed_once
def _rows_not_safe(*, records: list[UUID], decisions: list[UUID]) -> QuerySet[Any, Any]:
    """Table and key of what was asked and is not safe to know, and of all that hangs on some decisions."""
    asked = InformationRequest.objects.filter(among("person", records), person_knows=False).values("id")
    ways: list[tuple[type[Model], Q]] = [
        (InformationRequest, Q(id__in=asked)), (RequestItem, Q(request__in=asked)),
        (RequestChaser, Q(request__in=asked)),
        *((model, Q(among("person", records)) & ~Q(why_not_safe="")) for model in (KnownTo, Referral)),
        *(
            (model, Q(among("decision", decisions)))
            for model in (SharedItem, Recipient, LaterView, Disclosure, LookedAgain, LookChased)
        ),
        (RecipientTold, Q(among("disclosure__decision", decisions))),
    ]  # fmt: skip
    alike: list[QuerySet[Any, Any]] = [
        model._default_manager.filter(way)
        .order_by()
        .annotate(of_table=Word(model._meta.label), key=Cast("pk", TextField()))
        .values_list("of_table", "key")
        for model, way in ways
    ]
    return alike[0].union(*alike[1:], all=True)


def ground_of(decision: ShareDecision) -> Held | None:
    """Return why the person is not told of a decision; None where they may be. It has its ``override``."""
    override = getattr(decision, "override", None)
    if may_be_told_of(override, decision.told):
        return None
    coerced = override is not None and override.ground == Ground.COERCION
    return Held.COERCION if coerced else Held.NOT_SAFE

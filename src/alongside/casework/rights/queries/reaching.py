"""What to know before anybody reaches whoever asks what is held about them. Sees all rows."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm.queries.family import risk_from
from alongside.casework.people.models import Contact, Whole
from alongside.casework.people.queries.whole import whole
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.queries.separated import times_joined, was_joined
from alongside.casework.rights.rules.asking import may_be


@dataclass(frozen=True)
class Reaching:
    """What to know before a request is answered, sent on or talked about.

    Attributes:
        whole: the person, with all their records.
        risky: names of people around the person from whom a risk was noted, in the network or in a case.
        asks: names of those of them, or of those no longer around the person, who may be asking.
        maybe_of_another: whether it was asked while their record was joined with somebody else's.
    """

    whole: Whole
    risky: tuple[str, ...]
    asks: tuple[str, ...]
    maybe_of_another: bool


def reaching(request: AccessRequest) -> Reaching:
    """Return what to know before anybody reaches the person; part of a query that has checked the actor."""
    known = whole(request.person)
    records = [each.id for each in known.records]
    found = list(_risky(records=records))
    asks = {each.name for each in found if may_be(request.asked_by_name, each.name)}
    return Reaching(
        whole=known,
        risky=tuple(sorted({each.name for each in found if each.left_at is None})),
        asks=tuple(sorted(asks)),
        maybe_of_another=was_joined(request.taken_at, times_joined(records)),
    )


@composed_once
def _risky(*, records: list[UUID]) -> QuerySet[Contact]:
    return risk_from(Contact.objects.filter(among("person", records)))

"""Which agencies take part in a case, and which are in touch with its person.

For queries that checked who asks.
"""

from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.kernel.composed import composed_once
from alongside.casework.marm.models import Case, CaseAgency
from alongside.casework.people.models import Involvement, Person


def agencies_of(case: Case) -> list[CaseAgency]:
    """Return who takes or took part, each with what it said if it stepped back, in the order they joined."""
    return _agencies(case=case.id)


@composed_once
def _agencies(*, case: UUID) -> QuerySet[CaseAgency]:
    there = CaseAgency.objects.filter(case=case).select_related("organisation", "stepped_back")
    return there.order_by("since", "id")


@composed_once
def taking_part(*, case: UUID) -> QuerySet[CaseAgency]:
    """Return who takes part now, by name."""
    now = CaseAgency.objects.filter(case=case, until=None)
    return now.select_related("organisation").order_by("organisation__name")


@composed_once
def in_touch_with(*, person: UUID) -> QuerySet[Involvement]:
    """Return who is in touch now by the involvement register, by any record of the person, longest first."""
    lines = Involvement.objects.filter(person__in=Person.objects.all_of(person), until=None)
    return lines.select_related("organisation").order_by("since", "organisation__name", "id")

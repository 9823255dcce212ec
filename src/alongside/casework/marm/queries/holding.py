"""What is still open between the agencies in a case: disputes, who left, and harm that was done."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.kernel.composed import composed_once
from alongside.casework.marm.models import Case, CaseAgency, DisputeRung, HarmNoted, SteppedBack


@dataclass(frozen=True)
class Holding:
    """What is still open between the agencies in a case.

    Attributes:
        harm: all that was noted of death or serious harm.
        rungs: the current step of each dispute.
        stepped_back: what agencies said when they left, if nobody has answered.
    """

    harm: list[HarmNoted]
    rungs: list[DisputeRung]
    stepped_back: list[SteppedBack]


def holding_of(case: Case, agencies: Collection[CaseAgency]) -> Holding:
    """Return what is still open between the agencies in a case. For a query that checked who asks.

    Args:
        case: which, as ``get_case`` returns it with ``say_what_there_is``.
        agencies: as ``agencies_of`` returns them, since the page of a case reads them anyway.
    """
    said = [each.stepped_back for each in agencies if hasattr(each, "stepped_back")]
    return Holding(
        harm=_harm(case=case.id) if vars(case)["any_harm"] else [],
        rungs=_rungs(case=case.id) if vars(case)["any_dispute"] else [],
        stepped_back=[each for each in said if each.answered_at is None],
    )


@composed_once
def _harm(*, case: UUID) -> QuerySet[HarmNoted]:
    return HarmNoted.objects.filter(case=case).order_by("noted_at", "id")


@composed_once
def _rungs(*, case: UUID) -> QuerySet[DisputeRung]:
    stand = DisputeRung.objects.filter(dispute__case=case, came="")
    return stand.select_related("dispute__organisation", "dispute__against").order_by("due_at", "id")

"""What of a case is open between its agencies: what they differ about, who left, and harm that was done."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.kernel.composed import composed_once
from alongside.casework.marm.models import Case, CaseAgency, DisputeRung, HarmNoted, SteppedBack


@dataclass(frozen=True)
class Holding:
    """What is open between the agencies of a case.

    Attributes:
        harm: all that was noted of death or serious harm.
        rungs: the step at which each dispute stands.
        stepped_back: what agencies said that left, and nobody has answered.
    """

    harm: list[HarmNoted]
    rungs: list[DisputeRung]
    stepped_back: list[SteppedBack]


def holding_of(case: Case, agencies: Collection[CaseAgency]) -> Holding:
    """Return what is open between the agencies of a case. For a query that checked who asks.

    Args:
        case: which, as ``get_case`` returns it when it is to say what there is.
        agencies: as ``agencies_of`` returns them: the page of a case reads them all the same.
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

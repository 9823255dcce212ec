"""What of a case is open between its agencies: what they differ about, who left, and harm that was done."""

from dataclasses import dataclass

from alongside.casework.marm.models import Case, DisputeRung, HarmNoted, SteppedBack


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


def holding_of(case: Case) -> Holding:
    """Return what is open between the agencies of a case. For a query that checked who asks."""
    return Holding(
        harm=list(case.harm_noted.order_by("noted_at", "id")),
        rungs=list(
            DisputeRung.objects.filter(dispute__case=case, came="")
            .select_related("dispute__organisation", "dispute__against")
            .order_by("due_at", "id")
        ),
        stepped_back=list(
            SteppedBack.objects.filter(case=case, answered_at=None)
            .select_related("agency__organisation")
            .order_by("said_at", "id")
        ),
    )

"""What of a case is open between its agencies: what they differ about."""

from dataclasses import dataclass

from alongside.casework.marm.models import Case, DisputeRung


@dataclass(frozen=True)
class Holding:
    """What is open between the agencies of a case.

    Attributes:
        rungs: the step at which each dispute stands.
    """

    rungs: list[DisputeRung]


def holding_of(case: Case) -> Holding:
    """Return what is open between the agencies of a case. For a query that checked who asks."""
    return Holding(
        rungs=list(
            DisputeRung.objects.filter(dispute__case=case, came="")
            .select_related("dispute__organisation", "dispute__against")
            .order_by("due_at", "id")
        )
    )

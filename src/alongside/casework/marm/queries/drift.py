"""What drifts, for whoever co-ordinates cases."""

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, DriftFound
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.operations import query

MOST_SHOWN = 200


@query(records=True)
def drift_page(*, actor: Actor) -> list[tuple[DriftFound, Case | None]]:
    """Return what drifts about people within the reach of the actor's organisation, the longest first.

    Each with the case that stands about them, if the organisation takes part in it.
    """
    require(permissions.may_see_drift(actor))
    found = list(
        DriftFound.objects.filter(gone_at=None)
        .select_related("person")
        .order_by("found_at", "drift", "id")[:MOST_SHOWN]
    )
    cases = Case.objects.filter(stage__in=STANDING, person__in={each.person_id for each in found})
    of_person = {each.person_id: each for each in cases}
    record(events.DRIFT_SEEN, actor=actor, people=len(found))
    return [(each, of_person.get(each.person_id)) for each in found]

"""What drifts, for whoever co-ordinates cases."""

from uuid import UUID

from django.db.models import Q

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, DriftFound
from alongside.casework.marm.queries.own import about_themself
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.operations import query
from alongside.casework.people.models import Person

MOST_SHOWN = 200


@query(records=True)
def drift_page(*, actor: Actor) -> list[tuple[DriftFound, Case | None]]:
    """Return what drifts about people within the reach of the actor's organisation, the longest first.

    Each with the case that stands about them, if the organisation takes part in it.
    """
    require(permissions.may_see_drift(actor))
    found = list(
        DriftFound.objects.filter(~about_themself(actor.user_id, "person"), gone_at=None)
        .select_related("person")
        .order_by("found_at", "drift", "id")[:MOST_SHOWN]
    )
    of_person = _cases_of({each.person_id for each in found})
    record(events.DRIFT_SEEN, actor=actor, people=len(found))
    return [(each, of_person.get(each.person_id)) for each in found]


def _cases_of(people: set[UUID]) -> dict[UUID, Case]:
    """By person the case that stands about them, also one of a record that was joined with theirs."""
    into: dict[UUID, UUID | None] = dict(
        Person.objects.filter(Q(merged_into__in=people) | Q(merged_into__merged_into__in=people)).values_list(
            "id", "merged_into"
        )
    )
    cases = Case.objects.filter(stage__in=STANDING, person__in=people | into.keys()).order_by("asked_at")
    found: dict[UUID, Case] = {}
    for case in cases:
        person: UUID | None = case.person_id
        while person is not None and person not in people:
            person = into[person]
        if person is not None:
            found[person] = case
    return found

"""Finding what is drifting, every night, in a few database queries however many people there are."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import DriftFound
from alongside.casework.marm.queries.drifting import co_ordinating_within_reach, known_of_everybody
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.drift import Drift, Limits, drifting
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command


class NothingDriftsError(AlreadyDoneError):
    """Nothing is drifting that was not drifting the night before, and nothing has stopped."""


@command
def find_drift(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Note what has started drifting and what has stopped; return how many of each.

    Raises:
        NotAllowedError: the actor is not a part of the system that sees everybody.
        NothingDriftsError: there is nothing to note.
    """
    require(permissions.may_find_drift(actor))
    limits = _limits()
    now = {
        (person, found.drift): found
        for person, known in known_of_everybody(at).items()
        for found in drifting(known, at=at, limits=limits)
    }
    noted = {
        (person, Drift(drift)): key
        for key, person, drift in DriftFound.objects.filter(gone_at=None).values_list("id", "person", "drift")
    }
    new = [(which[0], found) for which, found in now.items() if which not in noted]
    gone = [key for which, key in noted.items() if which not in now]
    if not new and not gone:
        raise NothingDriftsError(_("Nothing is drifting that was not before."))
    DriftFound.note_many(new, at=at)
    DriftFound.end_many(gone, at=at)
    record(events.DRIFT_FOUND, actor=actor, new=len(new), gone=len(gone))
    if new:
        _tell({person for person, _found in new}, actor=actor, at=at)
    return len(new), len(gone)


def _tell(people: set[UUID], *, actor: Actor, at: datetime) -> None:
    """Tell co-ordinators within whose reach something drifts; all of them, where somebody is in nobody's."""
    seen = co_ordinating_within_reach(at)
    told = {organisation for several in seen.values() for organisation in several}
    for organisation_id in [None] if people - seen.keys() else sorted(told):
        tell_those_who_may(Permission.CASE_COORDINATE, organisation_id=organisation_id, actor=actor, at=at)


def _limits() -> Limits:
    pack = marm_pack()
    triage, drift = pack.clocks.triage, pack.drift
    return Limits(
        agencies=drift.agencies, without_lead=drift.without_lead, answer_high=triage.high,
        answer_other=triage.other, without_meeting=drift.without_meeting, not_reviewed=drift.not_reviewed,
    )  # fmt: skip

"""Finding, every night, what drifts: in a few questions to the database, however many people there are."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import DriftFound
from alongside.casework.marm.queries.drifting import known_of_everybody
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.drift import Drift, Limits, drifting
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command


class NothingDriftsError(AlreadyDoneError):
    """Nothing drifts that did not drift the night before, and nothing stopped."""


@command
def find_drift(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Note what drifts now and did not before, and what does no longer; return how many of each.

    Raises:
        NotAllowedError: the actor is no part of the system that sees all.
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
        raise NothingDriftsError(_("Nothing drifts that did not before."))
    DriftFound.note_many(new, at=at)
    DriftFound.end_many(gone, at=at)
    record(events.DRIFT_FOUND, actor=actor, new=len(new), gone=len(gone))
    if new:
        tell_those_who_may(Permission.CASE_COORDINATE, actor=actor, at=at)
    return len(new), len(gone)


def _limits() -> Limits:
    pack = marm_pack()
    triage, drift = pack.clocks.triage, pack.drift
    return Limits(
        agencies=drift.agencies, without_lead=drift.without_lead, answer_high=triage.high,
        answer_other=triage.other, without_meeting=drift.without_meeting, not_reviewed=drift.not_reviewed,
    )  # fmt: skip

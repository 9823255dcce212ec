"""Where a request for a meeting stands: nobody who asks is left without an answer."""

from datetime import datetime
from enum import StrEnum

from alongside.area.marm_models import MeetingAnswered
from alongside.casework.marm.rules.clocks import due
from alongside.casework.marm.rules.stages import Urgency


class AskedState(StrEnum):
    """Where it stands."""

    WAITS = "waits"
    """Nobody has answered, or the meeting that was set was cancelled."""
    TO_COORDINATOR = "to_coordinator"
    """It is urgent, and whoever leads declined it: the co-ordinator looks at it."""
    MET = "met"
    DECLINED = "declined"


WAIT = frozenset({AskedState.WAITS, AskedState.TO_COORDINATOR})


def state_of(*, met: bool, urgent: bool, declined: bool, stands: bool) -> AskedState:
    """Return where it stands.

    Args:
        met: a meeting was set for it, and was not cancelled.
        urgent: whoever asked said that serious harm may come within days.
        declined: whoever leads, acts or co-ordinates answered that none is set.
        stands: the co-ordinator let that stand.
    """
    if met:
        return AskedState.MET
    if declined:
        return AskedState.TO_COORDINATOR if urgent and not stands else AskedState.DECLINED
    return AskedState.WAITS


def answer_due(asked_at: datetime, urgency: Urgency, limits: MeetingAnswered) -> datetime:
    """Return the moment from which an answer is late."""
    return due(asked_at, limits.high if urgency is Urgency.HIGH else limits.other)

"""What the area pack says about the approach: ``marm.yaml``, in memory."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.area.marm_models import ClosureReason, Forum, Marm, ScreeningTool
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.marm.rules.adding_up import Limits
from alongside.casework.marm.rules.clocks import due
from alongside.casework.marm.rules.stages import Urgency


class NoApproachError(CaseworkError):
    """The area pack has no ``marm.yaml``: this partnership has not said how it meets."""


def marm_pack() -> Marm:
    """Return how this partnership does multi-agency risk management.

    Raises:
        NoApproachError: its area pack does not say.
        PackRefusedError: the pack cannot be used as it is now.
    """
    found = area_pack().marm
    if found is None:
        raise NoApproachError(
            _(
                "The area pack has no marm.yaml, so nobody knows how agencies meet here. Ask whoever keeps "
                "the pack to add one."
            )
        )
    return found


def forum_of(code: str) -> Forum:
    """Return another process by its code.

    Raises:
        NotFoundError: the area pack names none with this code.
    """
    for each in marm_pack().forums:
        if each.code == code:
            return each
    raise NotFoundError(_("The area pack names no such process."))


def closure_reason(code: str) -> ClosureReason:
    """Return a reason to end a case by its code.

    Raises:
        NotFoundError: the area pack names none with this code.
    """
    for each in marm_pack().closure_reasons:
        if each.code == code:
            return each
    raise NotFoundError(_("The area pack names no such reason."))


def tool_of(forum: Forum) -> ScreeningTool:
    """Return the questions that say whether a forum is needed.

    Raises:
        NotFoundError: it is checked in another way.
    """
    for each in marm_pack().screening_tools:
        if each.code == forum.tool:
            return each
    raise NotFoundError(_("This process has no questions of its own."))


def forum_title(code: str) -> str:
    """Return what a process is called; its code, if the pack no longer names it."""
    return next((each.title for each in marm_pack().forums if each.code == code), code)


def adding_up_limits() -> Limits:
    """Return when concerns add up here."""
    own = marm_pack().concerns
    return Limits(concerns=own.count, agencies=own.agencies, months=own.within_months)


def answered_by(asked_at: datetime, urgency: Urgency) -> datetime:
    """Return when a co-ordinator's answer to a case that was asked for is due."""
    limits = marm_pack().clocks.triage
    return due(asked_at, limits.high if urgency is Urgency.HIGH else limits.other)

"""What runs at night."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.marm.commands import disputes
from alongside.casework.marm.commands.actions import NothingLateError, tell_of_late_actions
from alongside.casework.marm.commands.drifting import NothingDriftsError, find_drift
from alongside.casework.marm.queries.pack import NoApproachError


def find_drift_nightly(*, at: datetime) -> Outcome:
    """Look for drift that has started, and drift that has ended."""
    try:
        new, gone = find_drift(actor=system_actor("looking for drift"), at=at)
    except NothingDriftsError:
        return Outcome("Nothing is drifting that was not before.")
    except NoApproachError:
        return Outcome("The area pack does not say how agencies meet, so there was nothing to look for.")
    return Outcome(f"New drift: {new}. Drift that has ended: {gone}.")


def late_actions_nightly(*, at: datetime) -> Outcome:
    """Tell people about due or late actions; say how many actions."""
    try:
        told = tell_of_late_actions(actor=system_actor("telling of late actions"), at=at)
    except NothingLateError:
        return Outcome("There was nobody to tell about a late action.")
    return Outcome(f"Due or late actions that somebody was told about: {told}.")


def late_disputes_nightly(*, at: datetime) -> Outcome:
    """Tell people about disputes with a late step; say how many disputes."""
    try:
        told = disputes.tell_of_late_rungs(actor=system_actor("telling of late disputes"), at=at)
    except disputes.NothingLateError:
        return Outcome("There was nobody to tell about a late dispute.")
    return Outcome(f"Disputes with a late step that somebody was told about: {told}.")

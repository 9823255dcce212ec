"""Who is told that an action is late, by the area pack's clock: each once, and never early."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from alongside.area.marm_models import Overdue
from alongside.casework.marm.rules.clocks import HERE, due, last_day

OWNER, LEAD, OWNER_MANAGER, DISPUTE_ROUTE = TOLD = ("owner", "lead", "owner_manager", "dispute_route")
"""Who is told, as the area pack names them."""


def to_be_told(
    due_on: date, day: date, *, clock: Iterable[Overdue], told: Collection[str]
) -> tuple[str, ...]:
    """Return who is to be told on a day about an action that is due or late, and not over.

    A missed night is made up for: anyone who should have been told by then is told now.

    Args:
        due_on: the last day on which it is on time.
        day: which day it is.
        clock: how long after that day each of them is told.
        told: who has already been told.
    """
    return tuple(each.to for each in clock if each.to not in told and _reached(due_on, each.after) <= day)


def _reached(due_on: date, after: str) -> date:
    return last_day(due(datetime.combine(due_on, time(12), HERE), after))

"""When concerns that are small on their own add up to something agencies should talk about together.

A voluntary group, the police and the fire service each kept worrying about Ms B (source 002, section 5), and
nobody saw that the others did.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.casework.offers.rules.adding_up import months_before


@dataclass(frozen=True)
class Limits:
    """When concerns add up; a partnership's own limits are in ``marm.yaml`` in its area pack.

    Attributes:
        concerns: how many of them.
        agencies: or how many agencies they come from, however many concerns there are.
        months: within how many months they were raised.
    """

    concerns: int = 3
    agencies: int = 2
    months: int = 12


@dataclass(frozen=True)
class Raised:
    """One concern, for adding up: which, by which agency, and when."""

    id: UUID
    agency: str
    on: date


@dataclass(frozen=True)
class AddingUp:
    """Concerns that add up: how many, from whom, and since when."""

    count: int
    agencies: tuple[str, ...]
    since: date


def adds_up(concerns: Iterable[Raised], *, day: date, limits: Limits) -> AddingUp | None:
    """Return whether concerns add up on a day: enough of them, or from enough agencies."""
    since = months_before(day, limits.months)
    counted = [each for each in concerns if since < each.on <= day]
    agencies = tuple(sorted({each.agency for each in counted}))
    if len(counted) < limits.concerns and len(agencies) < limits.agencies:
        return None
    return AddingUp(len(counted), agencies, min(each.on for each in counted))

"""A team's week: in what order items are given out, to whom, and which are left waiting."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.outreach.rules import Priority


@dataclass(frozen=True)
class Waiting:
    """An item to be given to somebody. ``tier_place`` and ``rank`` are None where there is no flag."""

    id: UUID
    since: datetime
    priority: int | None = None
    tier_place: int | None = None
    rank: int | None = None
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Present:
    """A member at work today, and how many open items they have."""

    id: UUID
    skills: frozenset[str] = frozenset()
    load: int = 0


@dataclass(frozen=True)
class Plan:
    """Who is given what, and what is left waiting, each with the reason."""

    given: dict[UUID, UUID] = field(default_factory=dict)
    left: dict[UUID, str] = field(default_factory=dict)


def skills_lacking(needed: Iterable[str], has: Iterable[str]) -> list[str]:
    """Return the skills that an item needs and a member does not have, in alphabetical order."""
    return sorted(set(needed) - set(has))


def place(item: Waiting) -> tuple[int, int, int, datetime, UUID]:
    """Return the key that orders a list: professional priority, tier, rank, then who waits longest."""
    last = 1_000_000_000
    return (
        item.priority or Priority.ROUTINE,
        last if item.tier_place is None else item.tier_place,
        last if item.rank is None else item.rank,
        item.since,
        item.id,
    )


def plan_week(items: Iterable[Waiting], present: Iterable[Present], room: int | None) -> Plan:
    """Give items to members at work, in list order, until the week's room is used.

    Each goes to whoever has all skills it needs and the fewest items; absent members are simply not among
    ``present``. An item that needs a skill nobody has today takes no room.

    Args:
        items: those waiting.
        present: members at work who could open them.
        room: how many more the team can take on this week; None if it has not said.
    """
    plan, load = Plan(), {each.id: each.load for each in present}
    skills = {each.id: each.skills for each in present}
    for item in sorted(items, key=place):
        able = [member for member, has in skills.items() if item.skills <= has]
        if not load:
            plan.left[item.id] = _("Nobody in the team who could open it is at work today.")
        elif not able:
            plan.left[item.id] = _("Nobody at work today has what it needs: %(skills)s.") % {
                "skills": ", ".join(sorted(item.skills))
            }
        elif room is not None and len(plan.given) >= room:
            plan.left[item.id] = _("The team has no more room this week.")
        else:
            member = min(able, key=lambda each: (load[each], str(each)))
            plan.given[item.id] = member
            load[member] += 1
    return plan

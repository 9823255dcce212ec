"""What is decided about worklists and conversations without looking anything up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_ANSWER = 10_000
"""Characters of one answer. The person's own words are kept in *about me*, which takes as many."""
FEWEST_SHOWN = 5
"""Smaller numbers of judgements are held back: they would tell of single people, at work and on lists."""
CONTACT_TEAM = "contact_team"


class State(StrEnum):
    """Where a work item stands."""

    WAITING = "waiting"
    ASSIGNED = "assigned"
    JUDGED = "judged"
    IN_HAND = "in_hand"
    DONE = "done"
    HANDED_OVER = "handed_over"
    PUT_BACK = "put_back"
    EXPIRED = "expired"


MOVES: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.ASSIGNED, State.EXPIRED, State.HANDED_OVER}),
    State.ASSIGNED: frozenset(
        {State.JUDGED, State.IN_HAND, State.PUT_BACK, State.EXPIRED, State.HANDED_OVER}
    ),
    State.JUDGED: frozenset({State.IN_HAND, State.DONE, State.PUT_BACK, State.HANDED_OVER}),
    State.IN_HAND: frozenset({State.DONE, State.PUT_BACK, State.HANDED_OVER}),
    State.PUT_BACK: frozenset(
        {State.ASSIGNED, State.JUDGED, State.IN_HAND, State.EXPIRED, State.HANDED_OVER}
    ),
    State.DONE: frozenset(),
    State.HANDED_OVER: frozenset(),
    State.EXPIRED: frozenset(),
}
OPEN = frozenset(state for state, onward in MOVES.items() if onward)
UNASSIGNED = frozenset({State.WAITING, State.PUT_BACK})
UNTOUCHED = frozenset({State.WAITING, State.ASSIGNED})
"""Nobody has acted on it: it expires with its flag."""


def may_move(state: str, to: State) -> bool:
    """Whether an item may go from one state to another."""
    return to in MOVES[State(state)]


def state_when_assigned(state: str, *, judged: bool, tried: bool) -> State:
    """Return the state of an item somebody is given: what was done on it before stays done."""
    if State(state) not in UNASSIGNED:
        return State(state)
    if tried:
        return State.IN_HAND
    return State.JUDGED if judged else State.ASSIGNED


def judgement_is_missing(*, flagged: bool, judged: bool) -> bool:
    """Whether a professional must first say what they think of the flag.

    An item that a professional raised and no flag stands behind has their judgement in its reason.
    """
    return flagged and not judged


class Verdict(StrEnum):
    """What a professional says of a flag."""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNSURE = "unsure"


class Result(StrEnum):
    """What came of one try to get in touch."""

    SPOKE = "spoke"
    DECLINED_NOW = "spoke_declined_now"
    LEFT_SAFE_MESSAGE = "left_safe_message"
    NOT_REACHED = "not_reached"
    UNSAFE = "unsafe_to_contact"
    WRONG_PERSON = "wrong_person"


OWED: Mapping[Result, frozenset[str]] = {
    Result.SPOKE: frozenset(),
    Result.DECLINED_NOW: frozenset({"next_offer", "try_next_on"}),
    Result.LEFT_SAFE_MESSAGE: frozenset({"try_next_on"}),
    Result.NOT_REACHED: frozenset({"try_next_on"}),
    Result.UNSAFE: frozenset({"note"}),
    Result.WRONG_PERSON: frozenset({"note"}),
}
"""What must be said with a result: a refusal ends nothing, so it needs another offer and a day for it."""


def still_owed(result: Result, **said: object) -> list[str]:
    """Return what must be said with a result and was not, in a fixed order."""
    return sorted(name for name in OWED[result] if not said.get(name))


def refused_last(results: Sequence[str]) -> bool:
    """Whether the newest word we have of the person is no; ``results`` are the oldest first."""
    spoken = [each for each in results if each in (Result.SPOKE, Result.DECLINED_NOW)]
    return bool(spoken) and spoken[-1] == Result.DECLINED_NOW


class Priority(IntEnum):
    """How soon a professional says it should be; a flag alone is never sooner than ``ROUTINE``."""

    TODAY = 1
    THIS_WEEK = 2
    ROUTINE = 3


def origin(*, flagged: bool, professional: bool) -> str:
    """Say where an item's place on the list comes from."""
    if flagged and professional:
        return _("A professional and the data")
    return _("The data") if flagged else _("A professional")


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
    """Give items to members who are there, the first on the list first, until the week's room is used.

    Each goes to whoever has all skills it needs and the fewest items; absent members are simply not among
    ``present``. An item that needs a skill nobody has today takes no room.

    Args:
        items: those waiting.
        present: members at work.
        room: how many more the team manages this week; None where it has said no number.
    """
    plan, load = Plan(), {each.id: each.load for each in present}
    skills = {each.id: each.skills for each in present}
    for item in sorted(items, key=place):
        able = [member for member, has in skills.items() if item.skills <= has]
        if not load:
            plan.left[item.id] = _("Nobody of the team is at work today.")
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


@dataclass(frozen=True)
class Rate:
    """How a member or team judged flags. All numbers are None where they are held back."""

    judged: int | None
    agreed: int | None
    disagreed: int | None
    unsure: int | None
    warning: str = ""


ALL_AGREED = gettext_lazy(
    "Every flag was agreed with. That may be right, and it may be that nobody looks: talk about a few "
    "together."
)
HELD_BACK = Rate(None, None, None, None)


def agreement(verdicts: Mapping[str, int]) -> Rate:
    """Return how flags were judged, with a warning where all were agreed with, or nothing if too few."""
    judged = sum(verdicts.values())
    if judged < FEWEST_SHOWN:
        return HELD_BACK
    agreed, disagreed, unsure = (verdicts.get(each, 0) for each in Verdict)
    return Rate(judged, agreed, disagreed, unsure, str(ALL_AGREED) if agreed == judged else "")


def agreement_of_members(counts: Mapping[UUID, Mapping[str, int]]) -> dict[UUID, Rate]:
    """Return each member's rate. Where one alone is held back, the next smallest is too.

    Otherwise the one held back could be worked out from the team's total.
    """
    rates = {member: agreement(verdicts) for member, verdicts in counts.items()}
    held = [member for member, rate in rates.items() if rate.judged is None]
    shown = sorted((rate.judged, str(member), member) for member, rate in rates.items() if rate.judged)
    if len(held) == 1 and shown:
        rates[shown[0][2]] = HELD_BACK
    return rates


QUESTION = gettext_lazy("What do you know that these sources do not?")
_FOR_WHOEVER_KNOWS_THEM = (
    gettext_lazy("You or your team are in touch with this person already. Is anything here new to you?"),
    gettext_lazy("Does what you are doing with them answer it, or would you go sooner or differently?"),
)
PROMPTS: Mapping[str, tuple[Promise, ...]] = {
    "strengthen_visit_priority": _FOR_WHOEVER_KNOWS_THEM,
    "share_with_case_holder": _FOR_WHOEVER_KNOWS_THEM,
    CONTACT_TEAM: (
        gettext_lazy("Nobody who was asked is in touch with this person. Who might they like to hear from?"),
    ),
}
"""Route of a flag to what whoever gets it is asked."""


def prompts_for(route: str) -> list[str]:
    """Return what a professional who is given a flag by this route is asked."""
    return [str(each) for each in (*PROMPTS.get(route, ()), QUESTION)]


class ReferralState(StrEnum):
    """Where a referral stands. Every way out of ``asked`` is told to whoever asked."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"


class OutcomeKind(StrEnum):
    """What can come of a conversation."""

    SIGNPOST = "signpost"
    ADVICE = "advice"
    REFERRAL = "referral"
    CONCERN = "concern"


SECTION_WORDS: Mapping[str, str] = {
    "strengths": "working",
    "network": "people",
    "worries": "worries",
    "wishes": "wishes",
}
"""What a part of a conversation is about, to the section of *about me* its own words go to."""

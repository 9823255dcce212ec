"""What is decided about worklists and conversations without looking anything up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.rules import CONTACT_TEAM

LONGEST_ANSWER = 10_000
"""Characters of one answer. The person's own words are kept in *about me*, which takes as many."""
FEWEST_SHOWN = 5
"""Smaller numbers of judgements are held back: they would give away individuals, at work and on lists."""

AGREES: dict[str, Promise] = {
    "yes": gettext_lazy("They agree"),
    "no": gettext_lazy("They do not agree"),
    "not_asked": gettext_lazy("They have not been asked yet"),
}
"""What the person said about a referral; the keys are stored in the database."""


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
        # done before anybody judged it only where they have died: nothing is left to judge
        {State.JUDGED, State.IN_HAND, State.DONE, State.PUT_BACK, State.EXPIRED, State.HANDED_OVER}
    ),
    State.JUDGED: frozenset({State.IN_HAND, State.DONE, State.PUT_BACK, State.EXPIRED, State.HANDED_OVER}),
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


def judgement_is_missing(*, in_force: bool, judged: bool) -> bool:
    """Whether a professional must first say what they think of the flag, if there is one ``in_force``.

    A flag that has ended says nothing about today any more, so nobody has to judge it. For an item that a
    professional raised without a flag, its reason is their judgement.
    """
    return in_force and not judged


class Verdict(StrEnum):
    """What a professional says of a flag."""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Standing:
    """How a released person stands with the agency that was given the flag.

    Attributes:
        in_force: the flag has neither expired nor been withdrawn.
        state: where the flag's item stands; None where it is on no list.
        verdict: what a professional said of the flag; None where nobody has.
        raised: a professional, of their own accord, said that the person belongs on the list.
        worked_on: the agency did something, or recorded something about the person, besides judging the flag.
        another_item: the agency has another open item about the person, besides the flag's.
    """

    in_force: bool
    state: State | None = None
    verdict: Verdict | None = None
    raised: bool = False
    worked_on: bool = False
    another_item: bool = False


def is_let_go(it: Standing) -> bool:
    """Whether an item ends with its flag: the flag has ended, and nobody took the person up.

    That is so where it waits, where it was put back and nobody took it, and where whoever has it disagreed
    and left it at that. What somebody raised, agrees with or worked on stays theirs.
    """
    if it.state is None or it.in_force or it.raised or it.worked_on:
        return False
    untaken = it.state in UNTOUCHED or it.state == State.PUT_BACK
    return untaken or (it.state == State.JUDGED and it.verdict == Verdict.DISAGREE)


def release_still_shows(it: Standing) -> bool:
    """Whether a release still lets an agency see a person (ADR 0015: reach ends when its reason does).

    Apart from work done or still to do, the flag is the reason: reach ends when the flag does, and straight
    away when a professional disagreed and finished with nothing done.
    """
    if it.worked_on or it.another_item:
        return True
    if it.state == State.EXPIRED or (it.state == State.DONE and it.verdict == Verdict.DISAGREE):
        return False
    if it.state in OPEN:
        return not is_let_go(it)
    return it.in_force


def ends_with_flag(it: Standing) -> bool:
    """Whether what an agency sees now would end with the flag, if nothing more were done."""
    return it.in_force and not release_still_shows(replace(it, in_force=False))


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
    """Whether the person's latest answer is no; ``results`` are the oldest first."""
    spoken = [each for each in results if each in (Result.SPOKE, Result.DECLINED_NOW)]
    return bool(spoken) and spoken[-1] == Result.DECLINED_NOW


class Priority(IntEnum):
    """How soon a professional says it should be; a flag alone is never sooner than ``ROUTINE``."""

    TODAY = 1
    THIS_WEEK = 2
    ROUTINE = 3


def is_brought_forward(before: int | None, now: Priority) -> bool:
    """Whether somebody says it should be sooner than it was to be; today always means today."""
    return now == Priority.TODAY or now < (before or Priority.ROUTINE)


def origin(*, flagged: bool, professional: bool) -> str:
    """Say where an item's place on the list comes from."""
    if flagged and professional:
        return _("A professional and the data")
    return _("The data") if flagged else _("A professional")


QUESTION = gettext_lazy("What do you know that these sources do not?")
_FOR_WHOEVER_KNOWS_THEM = (
    gettext_lazy("You or your team are already in touch with this person. Is anything here new to you?"),
    gettext_lazy("Does your work with them already cover it, or would you go sooner or differently?"),
)
PROMPTS: Mapping[str, tuple[Promise, ...]] = {
    "strengthen_visit_priority": _FOR_WHOEVER_KNOWS_THEM,
    "share_with_case_holder": _FOR_WHOEVER_KNOWS_THEM,
    CONTACT_TEAM: (
        gettext_lazy("Nobody who was asked is in touch with this person. Who might they like to hear from?"),
    ),
}
"""Route of a flag to what the professional given it is asked."""


def prompts_for(route: str) -> list[str]:
    """Return what a professional who is given a flag by this route is asked."""
    return [str(each) for each in (*PROMPTS.get(route, ()), QUESTION)]


class ReferralState(StrEnum):
    """Where a referral stands. Every way out of ``asked`` is told to whoever asked."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    TAKEN_BACK = "taken_back"
    """By whoever asked, before it was answered; whoever was asked is told."""


class OutcomeKind(StrEnum):
    """What can come of a conversation."""

    SIGNPOST = "signpost"
    ADVICE = "advice"
    REFERRAL = "referral"
    CONCERN = "concern"


TOLD_WITH_CARE = frozenset({"worries", "people", "history"})
"""Sections of *about me* that may speak of others, or of what others at home must not read."""
AGENCIES_WITH_CARE = frozenset({"police", "probation"})
"""Kinds of organisation whose name on a sheet at home may give a person away."""


def safe_on_paper(part: str, *, guarded: bool, kind: str = "") -> bool:
    """Whether a part of the person's own page is ticked before they are asked what they want on it.

    Args:
        part: a section of *about me*, ``agency``, ``steps`` or ``agreed``.
        guarded: something says that others may be looking: then nothing is ticked.
        kind: of the agency.
    """
    if guarded:
        return False
    return part not in TOLD_WITH_CARE and kind not in AGENCIES_WITH_CARE


SHORT = 140
"""Characters of how a person describes themself that a list shows; their page has all of it."""


def in_short(words: str) -> str:
    """Return the beginning of somebody's words, whole words only, with a sign that there is more."""
    plain = " ".join(words.split())
    if len(plain) <= SHORT:
        return plain
    return plain[: SHORT - 1].rsplit(" ", 1)[0] + "…"


SECTION_WORDS: Mapping[str, str] = {
    "communication": "communicate",
    "strengths": "working",
    "network": "people",
    "worries": "worries",
    "wishes": "wishes",
}
"""What a part of a conversation is about, to the section of *about me* that its words go to."""

"""What a capacity record must contain before it can be saved: one decision, then help, then the cause.

Mental Capacity Act 2005 s.1 to 3, in the order that *A Local Authority v JB* [2021] UKSC 52 settled: what the
decision is, whether the person can make it, and only then whether an impairment is why not.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class State(StrEnum):
    """What a record concludes. The codes are stored in the database."""

    ASSUMED = "assumed"
    IN_DOUBT = "in_doubt"
    HAS = "assessed_has"
    LACKS = "assessed_lacks"
    FLUCTUATES = "fluctuates"
    EXECUTIVE_DOUBT = "executive_doubt"


class Function(StrEnum):
    """What making a decision takes (s.3(1)); the Care Act asks the same of taking part (s.67(4))."""

    UNDERSTAND = "understand"
    RETAIN = "retain"
    WEIGH = "weigh"
    COMMUNICATE = "communicate"


class Able(StrEnum):
    """Whether the person could do it, for this decision and on that day."""

    YES = "yes"
    NO = "no"
    NOT_ASSESSED = "not_assessed"


class Help(StrEnum):
    """Help to decide (s.1(3), s.3(2))."""

    TIME = "time"
    PLACE = "place"
    SOBER = "sober"
    INTERPRETER = "interpreter"
    WAYS = "ways"
    STEPS = "steps"
    TRUSTED = "trusted_person"
    TREATED = "treated"


class Pressure(StrEnum):
    """Whether another person stands in the way of a free decision."""

    NONE_SEEN = "none_seen"
    BESIDE = "beside"
    """There is some, but even without it the person could not decide."""
    CAUSE = "cause"
    """There is some, and it may be why the person cannot decide."""
    NOT_LOOKED_AT = "not_looked_at"


class Recognises(StrEnum):
    """Whether the person sees the gap between what they say and what they do."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_ASKED = "not_asked"


class Confidence(StrEnum):
    """How sure the assessor is; the law asks for more likely than not (s.2(4))."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


NEEDS_CHECK = frozenset({State.IN_DOUBT, State.LACKS, State.FLUCTUATES, State.EXECUTIVE_DOUBT})
"""For these, a day is set by which somebody must look again."""
_TESTED = NEEDS_CHECK - {State.IN_DOUBT} | {State.HAS}
_PRESSED = (Pressure.BESIDE, Pressure.CAUSE)
_BLANKET = re.compile(
    r"\b((has|have|had|lacks?|lacking|no|full) capacity"
    r"|(all|any|every|other) (decisions?|matters?|aspects?|areas?)"
    r"|everything|anything|generally|in general|overall"
    r"|health and welfare|property and (financial )?affairs)\b"
)
FEWEST_WORDS = 3
"""Fewer name a topic, such as *money*, and not a decision."""

MISSING = {
    "decision": gettext_lazy("Enter the decision, in one sentence"),
    "why_now": gettext_lazy("Enter why it needs to be decided now"),
    "chosen_by": gettext_lazy("Enter who worded the decision this way"),
    "reasons": gettext_lazy("Enter why you conclude this"),
    "role": gettext_lazy("Enter your role"),
}
"""The error shown if one of these is empty: no record is saved without them."""


@dataclass(frozen=True)
class Assessment:
    """What a practitioner says about one decision; the names are those of the columns.

    Attributes:
        decision: what is to be decided, in exact words.
        why_now: why it needs to be decided now.
        chosen_by: who worded the decision and its information.
        assessed_on: the day of the assessment.
        outcome: the conclusion.
        reasons: why.
        confidence: how sure.
        role: the assessor's role.
        information: what the person needs to know to decide it (s.3(1)(a)).
        help: the help given to decide, and ``help_words`` how it went.
        understand: whether they could, and ``understand_seen`` what they said or what was seen; likewise
            for the other three.
        impairment: of or disturbance in the functioning of the mind or brain (s.2(1)).
        because: how it causes what they could not do.
        says: what they say they will do; ``does``: what happens then; ``gap``: between the two;
            ``others_saw``: evidence from others; ``recognises``: whether the person sees the gap.
        pattern: how it comes and goes; ``best_time``, ``best_place``, ``best_with``; ``when_not``: what to do
            when it is not a good time.
        pressure: by another person, and ``pressure_words`` what was seen.
        advice_from: who is being asked for legal advice about it.
        next_check: the latest day by which somebody must look again.
    """

    decision: str
    why_now: str
    chosen_by: str
    assessed_on: date
    outcome: State
    reasons: str
    confidence: Confidence
    role: str
    information: str = ""
    help: tuple[Help, ...] = ()
    help_words: str = ""
    understand: Able = Able.NOT_ASSESSED
    understand_seen: str = ""
    retain: Able = Able.NOT_ASSESSED
    retain_seen: str = ""
    weigh: Able = Able.NOT_ASSESSED
    weigh_seen: str = ""
    communicate: Able = Able.NOT_ASSESSED
    communicate_seen: str = ""
    impairment: str = ""
    because: str = ""
    says: str = ""
    does: str = ""
    gap: str = ""
    others_saw: str = ""
    recognises: Recognises = Recognises.NOT_ASKED
    pattern: str = ""
    best_time: str = ""
    best_place: str = ""
    best_with: str = ""
    when_not: str = ""
    pressure: Pressure = Pressure.NOT_LOOKED_AT
    pressure_words: str = ""
    advice_from: str = ""
    next_check: date | None = None

    def able(self, function: Function) -> Able:
        """Return whether the person could do one of the four."""
        return Able(getattr(self, function))

    def seen(self, function: Function) -> str:
        """Return what they said, or what was seen, about one of the four."""
        return str(getattr(self, f"{function}_seen"))


def why_no_decision(words: str) -> str:
    """Return a sentence saying why words are not one decision; empty if they are.

    Nobody simply "has capacity" or lacks it: capacity is for a matter, at a time (s.2(1)).
    """
    plain = " ".join(re.findall(r"[\w']+", words.casefold()))
    if not plain:
        return str(MISSING["decision"])
    if found := _BLANKET.search(plain):
        return _(
            "“%(words)s” is not one decision. A person has or lacks capacity for one decision at one time, "
            "so enter what is to be decided, such as “whether to go home after hospital”"
        ) % {"words": found[0]}
    if len(plain.split()) < FEWEST_WORDS:
        return _("Enter what is to be decided in a sentence, such as “whether to let the gas engineer in”")
    return ""


def same_decision(one: str, other: str) -> bool:
    """Whether two sentences are the same decision, ignoring capitals, spaces and punctuation."""
    return words_of(one) == words_of(other)


def words_of(decision: str) -> tuple[str, ...]:
    """Return what two sentences have in common if they are the same decision."""
    return tuple(re.findall(r"\w+", decision.casefold()))


def what_is_wrong(given: Assessment, day: date) -> dict[str, str]:
    """Return why an assessment cannot be saved on a day: sentences by column name.

    Args:
        given: what a practitioner says.
        day: the day it is written down.
    """
    wrong = {name: str(told) for name, told in MISSING.items() if not str(getattr(given, name)).strip()}
    wrong |= {"decision": why} if (why := why_no_decision(given.decision)) else {}
    if given.assessed_on > day:
        wrong["assessed_on"] = _("The day must be today or an earlier one")
    if given.outcome in _TESTED and not given.information:
        wrong["information"] = _("Enter what the person needs to know to decide this")
    for function in Function:
        if given.able(function) is Able.NO and not given.seen(function):
            wrong[f"{function}_seen"] = _("Enter what they said or what you saw: a “no” needs evidence")
    wrong |= _wrong_with_pressure(given) | _wrong_with_outcome(given)
    if given.next_check is None and given.outcome in NEEDS_CHECK:
        wrong["next_check"] = _("Enter when somebody must look again: this can change")
    elif given.next_check is not None and given.next_check <= day:
        wrong["next_check"] = _("The next check must be after today")
    return wrong


def _wrong_with_pressure(given: Assessment) -> dict[str, str]:
    if given.pressure not in _PRESSED:
        return {}
    needed = {
        "pressure_words": _("Enter what you saw or were told about the pressure"),
        "advice_from": _("Enter who is being asked for legal advice"),
    }
    return {name: told for name, told in needed.items() if not getattr(given, name)}


def _wrong_with_outcome(given: Assessment) -> dict[str, str]:
    answers = {given.able(each) for each in Function}
    match given.outcome:
        case State.LACKS:
            return _wrong_with_lacks(given, answers)
        case State.HAS if answers != {Able.YES}:
            return {
                "outcome": _(
                    "“Can decide this” needs a “yes” to each of the four. Otherwise choose “in doubt”"
                )
            }
        case State.ASSUMED if Able.NO in answers:
            return {"outcome": _("With a “no” to one of the four it is no longer assumed: choose “in doubt”")}
        case State.FLUCTUATES:
            needed = {
                "pattern": _("Enter how it comes and goes"),
                "when_not": _("Enter what to do when it is not a good time"),
            }
        case State.EXECUTIVE_DOUBT:
            needed = {
                "says": _("Enter what they say they will do"),
                "does": _("Enter what happens then"),
                "gap": _("Enter what the gap is between the two"),
            }
        case _:
            needed = {}
    return {name: told for name, told in needed.items() if not getattr(given, name)}


def _wrong_with_lacks(given: Assessment, answers: set[Able]) -> dict[str, str]:
    """Why it cannot be concluded that somebody cannot decide.

    Help first (s.1(3)), then the order in *JB*, and more likely than not (s.2(4)).
    """
    wrong = {}
    if not given.help or not given.help_words:
        wrong["help" if not given.help else "help_words"] = _(
            "Nobody is treated as unable to decide until all practicable help has been given. Say what was"
        )
    if Able.NO not in answers:
        wrong["outcome"] = _("“Cannot decide this” needs a “no” to at least one of the four")
    if not given.impairment:
        wrong["impairment"] = _("Enter which impairment or disturbance of the mind or brain causes it")
    if not given.because:
        wrong["because"] = _("Enter how that causes what they could not do")
    if given.confidence is Confidence.UNSURE:
        wrong["confidence"] = _(
            "“Cannot decide this” must be more likely than not. If you are not sure, choose “in doubt”"
        )
    if given.pressure is Pressure.NOT_LOOKED_AT:
        wrong["pressure"] = _("Choose whether another person stands in the way of a free decision")
    if given.pressure is Pressure.CAUSE:
        wrong["outcome"] = _(
            "Inability caused by another person is not lack of capacity. Choose “in doubt”, and ask for "
            "legal advice: the High Court can protect a free decision"
        )
    return wrong


def holds_on(next_check: date | None, day: date) -> bool:
    """Whether a record may still be relied on: the day to look again has not passed."""
    return next_check is None or day <= next_check


def asks_for_advice(pressure: Pressure) -> bool:
    """Whether legal advice should be sought: somebody stands in the way of a free decision.

    The High Court's inherent jurisdiction reaches adults who have capacity and are not free to use it
    (*DL v A Local Authority* [2012] EWCA Civ 253). Whether to apply to it is a question for a lawyer.
    """
    return pressure in _PRESSED


def prompts_advocacy(outcome: State) -> bool:
    """Whether the next question is who is on the person's side."""
    return outcome not in (State.ASSUMED, State.HAS)

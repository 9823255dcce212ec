"""What must be considered before somebody decides for a person (Mental Capacity Act 2005 s.4)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Regain(StrEnum):
    """Whether the person is likely to be able to decide this at some time (s.4(3))."""

    LIKELY = "likely"
    UNLIKELY = "unlikely"
    NOT_KNOWN = "not_known"


class Serious(StrEnum):
    """What an independent mental capacity advocate is for (s.37 to 39)."""

    NEITHER = "neither"
    TREATMENT = "treatment"
    MOVE = "move"


class Imca(StrEnum):
    """Whether there is one."""

    NOT_NEEDED = "not_needed"
    INSTRUCTED = "instructed"
    URGENT = "urgent"
    """It could not wait for one (s.37(4), 38(3) and 39(4)); one is instructed afterwards."""


MISSING = {
    "past_wishes": gettext_lazy("Enter what they wished before, or that nobody knows"),
    "present_wishes": gettext_lazy("Enter what they say or show now, or why they could not be asked"),
    "beliefs": gettext_lazy("Enter the beliefs and values that would matter to them, or that nobody knows"),
    "regain_words": gettext_lazy("Enter why it can or cannot wait"),
    "options": gettext_lazy("Enter what the options were"),
    "less_restrictive": gettext_lazy(
        "Enter which less restrictive option was considered, and why it was not chosen"
    ),
    "decision": gettext_lazy("Enter what was decided"),
    "why": gettext_lazy("Enter why that is in their best interests"),
    "decided_by": gettext_lazy("Enter who decided"),
}
"""The error shown if one of these is empty."""


@dataclass(frozen=True)
class Reasoning:
    """What was considered, and what was decided; the names are those of the columns.

    Attributes:
        past_wishes: what they wished and felt before, in their words.
        present_wishes: what they say or show now.
        beliefs: beliefs and values that would matter to them.
        consulted: who was asked, and what they said (s.4(7)).
        nobody_to_consult: whether there was nobody except people who are paid.
        regain: whether they may become able to decide it, with ``can_wait`` and why in ``regain_words``.
        options: what the options were.
        less_restrictive: which less restrictive option was considered, and why not that one (s.1(6)).
        decision: what was decided, and ``why``; ``decided_by``: name and job title; ``decided_on``: when.
        serious: whether it is about serious treatment or a long move.
        imca: whether there was an independent mental capacity advocate, and ``imca_words`` who, or why not.
    """

    past_wishes: str
    present_wishes: str
    beliefs: str
    consulted: str
    nobody_to_consult: bool
    regain: Regain
    can_wait: bool
    regain_words: str
    options: str
    less_restrictive: str
    serious: Serious
    imca: Imca
    imca_words: str
    decision: str
    why: str
    decided_by: str
    decided_on: date


def why_theirs_to_decide(*, lacks: bool, is_latest: bool, in_force: bool) -> str:
    """Return why nobody may decide for the person on the basis of a capacity record; empty if they may.

    It is asked of the day of the decision, which may be written down later.

    Args:
        lacks: whether it was found that they cannot decide this.
        is_latest: whether nobody has looked at it again by that day.
        in_force: whether the day to look again has not passed.
    """
    if not lacks:
        return _("Nobody has found that they cannot decide this: it is theirs to decide.")
    if not is_latest:
        return _("There is a newer record of this decision: go by that one.")
    if not in_force:
        return _("Whether they can decide this was due to be looked at again. Do that first.")
    return ""


def may_rest_until(*, next_check: date | None, looked_again_on: date | None) -> date | None:
    """Return the last day on which a decision could rest on a capacity record; None if no day ends that.

    Args:
        next_check: the day by which somebody must look again.
        looked_again_on: the day somebody did; a decision made on it goes by what was found then.
    """
    ends = [next_check] if next_check else []
    ends += [looked_again_on - timedelta(days=1)] if looked_again_on else []
    return min(ends, default=None)


def imca_is_needed(serious: Serious, *, nobody_to_consult: bool) -> bool:
    """Whether an advocate must be instructed: it is serious, and there is nobody unpaid to ask."""
    return serious is not Serious.NEITHER and nobody_to_consult


def what_is_wrong(given: Reasoning, *, assessed_on: date, day: date) -> dict[str, str]:
    """Return why a best interests decision cannot be saved on a day: sentences by column name.

    Args:
        given: what was considered and decided.
        assessed_on: the day on which the person could not decide it themself.
        day: the day it is written down.
    """
    wrong = {name: str(told) for name, told in MISSING.items() if not str(getattr(given, name)).strip()}
    if not given.consulted and not given.nobody_to_consult:
        wrong["consulted"] = _("Enter who was asked and what they said, or tick that there was nobody to ask")
    if given.consulted and given.nobody_to_consult:
        wrong["nobody_to_consult"] = _("Tick this only if nobody was asked")
    if given.regain is Regain.LIKELY and given.can_wait:
        wrong["can_wait"] = _(
            "If it can wait until they can decide it themself, it is theirs to decide: wait"
        )
    needed = imca_is_needed(given.serious, nobody_to_consult=given.nobody_to_consult)
    if needed and given.imca is Imca.NOT_NEEDED:
        wrong["imca"] = _(
            "With nobody to ask, an independent mental capacity advocate must be instructed before "
            "serious treatment or a long move, unless it is urgent"
        )
    if given.imca is not Imca.NOT_NEEDED and not given.imca_words:
        wrong["imca_words"] = _("Enter who the advocate is, or why it could not wait for one")
    if not assessed_on <= given.decided_on <= day:
        wrong["decided_on"] = _(
            "The decision must be made on or after the day of the assessment, and not after today"
        )
    return wrong

"""What an action is: a named worker does something by a set date, for an outcome that the person wants.

The guidance asks who is best placed to do what and by when, and that their names are kept (source 002). A
date to do it by and a date to look at it again are both required: neither replaces the other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _


class Kind(StrEnum):
    """Who makes the change."""

    SERVICE = "service"
    """What a service will change."""
    PERSON = "person"
    """What the person will do, with somebody alongside them."""


class Agrees(StrEnum):
    """Whether the person agrees."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_ASKED = "not_asked"


class Status(StrEnum):
    """Where an action stands. The strings are stored in the database."""

    PROPOSED = "proposed"
    """Its owner has not accepted it."""
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DONE_LATE = "done_late"
    NOT_POSSIBLE = "not_possible"
    """With the reason."""
    DECLINED_INSTEAD = "declined_offered_instead"
    """The person declined it, with what was offered instead."""
    SUPERSEDED = "superseded"
    """Another action replaced it."""


OPEN = (Status.PROPOSED, Status.AGREED, Status.IN_PROGRESS)
"""Statuses in which there is still something to do."""


@dataclass(frozen=True)
class Planned:
    """An action as somebody writes it down.

    Attributes:
        words: what is done.
        kind: whether a service changes something or the person does.
        risk: the risk it serves.
        wanted: the outcome it serves, in the person's words.
        agrees: whether the person agrees.
        due: the last day on which it can be done in time.
        review: when somebody checks whether it helps.
    """

    words: str
    kind: Kind
    risk: str
    wanted: str
    agrees: Agrees
    due: date
    review: date


@dataclass(frozen=True)
class Stands:
    """Where an action stands now, as somebody reported it.

    Attributes:
        status: in progress, done, or closed in another way.
        words: what was done, or why it is not possible.
        instead: what was offered instead of what the person declined.
        agrees: whether the person agrees now.
        review: when it will be looked at again.
    """

    status: Status
    words: str
    agrees: Agrees
    review: date
    instead: str = ""


def wrong_with_action(planned: Planned, day: date) -> dict[str, str]:
    """Return what is missing or not possible, by the name of the field."""
    owed = {
        "words": _("Say what will be done"),
        "risk": _("Say which risk it reduces"),
        "wanted": _("Say what the person wants from this, in their words"),
    }
    wrong = {name: said for name, said in owed.items() if not getattr(planned, name).strip()}
    if "words" not in wrong and only_watches(planned.words):
        wrong["words"] = _(
            "Say what somebody will do. Monitoring alone changes nothing: who will check what, how, and what "
            "will they do if it gets worse?"
        )
    if planned.due < day:
        wrong["due"] = _("The date it must be done by has passed")
    if planned.review < day:
        wrong["review"] = _("The date for looking at it again has passed")
    return wrong


def wrong_with_where_it_stands(stands: Stands, *, day: date) -> dict[str, str]:
    """Return what is missing from an update of an action, by the name of the field."""
    wrong = {}
    if not stands.words.strip():
        wrong["words"] = (
            _("Say why it is not possible")
            if stands.status is Status.NOT_POSSIBLE
            else _("Say what was done, or what has changed")
        )
    if stands.status is Status.DECLINED_INSTEAD and not stands.instead.strip():
        wrong["instead"] = _("Say what was offered instead. One “no” is not the end.")
    if stands.status in OPEN and stands.review < day:
        wrong["review"] = _("The date for looking at it again has passed")
    return wrong


def done_on(day: date, due: date) -> Status:
    """Return the status of an action finished on a day: done, or done late."""
    return Status.DONE_LATE if day > due else Status.DONE


# Monitoring is part of many actions and the whole of none

_WATCHES = re.compile(
    r"^(to |please |all to |we will |every(body|one) to )*(continue (to )?|carry on |keep (on )?)?"
    r"(monitor(ing)?\b|keep (an |a close |a )?eye on\b|keep watch\b|watch(ing)?\b|observe\b|be aware\b"
    r"|keep (\w+ ){0,2}under review\b|(keep |regularly )?review( (it|this|that|the situation))?"
    r"( regularly| as needed| if needed)?$)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[,.;:\n]|\b(?:and|by|then|so that|with)\b", re.IGNORECASE)


def only_watches(words: str) -> bool:
    """Return whether an action is to monitor and nothing else, such as "Monitor" or "Keep an eye on her"."""
    clauses = [each.strip() for each in _CLAUSES.split(f" {words.strip()} ") if each.strip()]
    return bool(clauses) and all(_WATCHES.match(each) for each in clauses)


# Two agencies about to do the same thing

ALIKE = 0.5
"""If the two share at least this fraction of the shorter one's words, they may be the same action."""
_SAYS_LITTLE = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "do", "for", "from", "get", "give", "go", "has",
    "have", "he", "help", "her", "him", "his", "if", "in", "is", "it", "make", "of", "on", "or", "she",
    "so", "that", "the", "their", "them", "then", "they", "this", "to", "up", "we", "what", "when", "who",
    "will", "with", "you", "your",
})  # fmt: skip
_STEM = 5


def alike(words: str, others: Iterable[tuple[str, str]]) -> list[str]:
    """Return the keys of the other actions that may be the same: a hint, not a refusal."""
    own = _said(words)
    return [key for key, each in others if own and _likeness(own, _said(each)) >= ALIKE]


def _said(words: str) -> frozenset[str]:
    return frozenset(
        each[:_STEM]
        for each in re.findall(r"\w+", words.lower())
        if each not in _SAYS_LITTLE and len(each) > 1
    )


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter > 1 or one == other else 0.0

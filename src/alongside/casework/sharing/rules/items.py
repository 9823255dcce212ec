"""One thing that is shared, and how good the information is: what is stated and what is not.

The six elements are those of the Solihull guidance ("Information quality"). An element may be
missing, but the decision must say so.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from alongside.casework.sharing.rules.basis import DataClass
from alongside.casework.sharing.rules.choices import Topic, data_of


class FactKind(StrEnum):
    """What kind of statement it is. An allegation stays one, however often it is passed on."""

    FACT = "fact"
    OBSERVATION = "observation"
    OPINION = "opinion"
    ALLEGATION = "allegation"
    SELF_REPORT = "self_report"
    THIRD_PARTY_REPORT = "third_party_report"


class Element(StrEnum):
    """One of the six elements of information quality."""

    ACCURATE = "accurate"
    VALID = "valid"
    RELIABLE = "reliable"
    TIMELY = "timely"
    RELEVANT = "relevant"
    COMPLETE = "complete"


class Stated(StrEnum):
    """What is said about an element."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Item:
    """One thing that is shared.

    Attributes:
        topic: what it is about.
        data: its class of data, at least that of its topic.
        words: what is shared, word for word.
        kind: fact, observation, opinion, allegation, or what somebody reported.
        as_at: the day on which it was true.
        source: who or what it comes from.
        verified_by: who checked it and how; empty if nobody did.
        limits: where it falls short, for whoever reads it.
        quality: what is stated about each of the six elements.
    """

    topic: Topic
    words: str
    kind: FactKind
    as_at: date
    source: str
    quality: dict[Element, Stated]
    data: DataClass = DataClass.ORDINARY
    verified_by: str = ""
    limits: str = ""


_ORDER = list(DataClass)
_HEARSAY = (FactKind.ALLEGATION, FactKind.THIRD_PARTY_REPORT)


def higher_of(data: DataClass, topic: Topic) -> DataClass:
    """Return the class of data of an item: the one given, but never lower than that of its topic."""
    return max(data, data_of(topic), key=_ORDER.index)


def what_an_item_lacks(item: Item, day: date) -> dict[str, str]:
    """Return what must be put right before an item can be shared, by the name of the field."""
    wrong = {}
    if not item.words.strip():
        wrong["words"] = _("Enter what will be shared")
    if not item.source.strip():
        wrong["source"] = _("Enter who or what this comes from")
    if item.as_at > day:
        wrong["as_at"] = _("The day must be today or in the past")
    if item.topic is Topic.EVERYTHING:
        wrong["topic"] = _("Say what it is about: nobody is told everything")
    for element in Element:
        if element not in item.quality:
            wrong[element.value] = _("Choose yes, no or not known")
    short = any(stated is not Stated.YES for stated in item.quality.values())
    if not item.limits.strip() and (short or item.kind in _HEARSAY):
        wrong["limits"] = (
            _("Say who alleges or reports it, and whether anybody has looked into it")
            if item.kind in _HEARSAY
            else _("Say where it falls short: whoever reads it needs to know")
        )
    return wrong

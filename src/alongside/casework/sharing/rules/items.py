"""One thing that is told, and how good the information is: what is stated and what is not.

The six elements are those of the Solihull guidance ("Information quality"). An element may be missing; that
it is missing may not be left unsaid.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from alongside.casework.sharing.rules.basis import DataClass
from alongside.casework.sharing.rules.choices import Topic, data_of


class FactKind(StrEnum):
    """What sort of statement it is. An allegation stays one, however often it is passed on."""

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
    """What is said of an element."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Item:
    """One thing that is told.

    Attributes:
        topic: what it is about.
        data: its class of data, at least that of its topic.
        words: what is told, word for word.
        kind: fact, observation, opinion, allegation, or what somebody reported.
        as_at: the day of which it was true.
        source: from whom or what it is known.
        verified_by: who made sure of it and how; empty where nobody did.
        limits: what whoever reads it must know of where it falls short.
        quality: what is stated of each of the six elements.
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
    """Return the class of data of an item: what was said of it, but never less than its topic is."""
    return max(data, data_of(topic), key=_ORDER.index)


def what_an_item_lacks(item: Item, day: date) -> dict[str, str]:
    """Return what must be put right before an item can be told, by the name of the field."""
    wrong = {}
    if not item.words.strip():
        wrong["words"] = _("Enter what is to be told")
    if not item.source.strip():
        wrong["source"] = _("Say from whom or what it is known")
    if item.as_at > day:
        wrong["as_at"] = _("The day must be today or in the past")
    if item.topic is Topic.EVERYTHING:
        wrong["topic"] = _("Say what it is about: nobody is told everything")
    for element in Element:
        if element not in item.quality:
            wrong[element.value] = _("Say so, or say that it is not known")
    short = any(stated is not Stated.YES for stated in item.quality.values())
    if not item.limits.strip() and (short or item.kind in _HEARSAY):
        wrong["limits"] = (
            _("Say who alleges or reports it, and whether anybody looked into it")
            if item.kind in _HEARSAY
            else _("Say where it falls short: whoever reads it must know")
        )
    return wrong

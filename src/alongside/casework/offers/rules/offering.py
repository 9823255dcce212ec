"""What an offer and a reply to it must say before they can be kept."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.offers.rules.assessment import Refused, wrong_with_refused


class Kind(StrEnum):
    """What sort of help."""

    NEEDS_ASSESSMENT = "needs_assessment"
    """Of an adult's needs for care and support (Care Act 2014, section 9)."""
    CARERS_ASSESSMENT = "carers_assessment"
    """Of a carer's needs for support (section 10)."""
    CARE = "care"
    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCES = "substances"
    HOUSING = "housing"
    HOME_SAFETY = "home_safety"
    MONEY_FOOD = "money_food"
    SAFETY = "safety"
    ADVOCATE = "advocate"
    COMPANY = "company"
    OTHER = "other"


ESSENTIAL = frozenset(
    {
        Kind.NEEDS_ASSESSMENT, Kind.CARE, Kind.HEALTH, Kind.MENTAL_HEALTH, Kind.SUBSTANCES, Kind.HOUSING,
        Kind.HOME_SAFETY, Kind.MONEY_FOOD, Kind.SAFETY,
    }
)  # fmt: skip
"""What counts when a multi-agency approach asks whether *essential services or interventions* were refused
(MARM entry criteria, domain 1.8): without it somebody comes to harm. Company and an advocate are a choice."""


class Explained(StrEnum):
    """How an offer was explained."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    IN_WRITING = "in_writing"
    EASY_READ = "easy_read"
    OWN_LANGUAGE = "own_language"
    INTERPRETER = "interpreter"
    SIGNED = "signed"
    WITH_SOMEBODY = "with_somebody"
    """Somebody the person trusts, or an advocate, was there."""


class Understood(StrEnum):
    """Whether the person understood what was offered."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_KNOWN = "not_known"


class Answer(StrEnum):
    """What came of an offer. None of these ends anything."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_YET = "not_yet"
    NOT_REACHED = "not_reached"
    NOT_ACCESSIBLE = "not_accessible"
    """The service withdrew it, or the person could not get to it: that is not a refusal."""


SETTLES = frozenset({Answer.ACCEPTED, Answer.DECLINED, Answer.NOT_ACCESSIBLE})
"""After one of these, a later *not yet* or *not reached* does not change where an offer stands."""
LEAVES_WITHOUT = frozenset({Answer.DECLINED, Answer.NOT_ACCESSIBLE})
"""After one of these the person is without that help: somebody must say who goes back, and when."""


class PutOff(StrEnum):
    """What put the person off."""

    COST = "cost"
    PLACE = "place"
    TIME = "time"
    TRUST = "trust"
    PAST = "past"
    FEAR = "fear"
    PRIDE = "pride"
    NOT_ASKED_FOR = "not_asked_for"
    CONTROLLED = "controlled"
    """Somebody else controls what they may say or do: not their choice (Serious Crime Act 2015, s. 76)."""
    OTHER = "other"


@dataclass(frozen=True)
class Made:
    """An offer, as described by whoever made it."""

    kind: Kind
    what: str
    offered_on: date
    explained: frozenset[Explained]
    understood: Understood
    understood_how: str = ""
    explained_words: str = ""
    urgent: bool = False
    service_id: UUID | None = None
    instead_of_id: UUID | None = None


@dataclass(frozen=True)
class Told:
    """What came of an offer, as described by whoever heard it."""

    answer: Answer
    on: date
    own_words: str = ""
    no_words_why: str = ""
    put_off: frozenset[PutOff] = frozenset()
    put_off_words: str = ""
    not_accessible_why: str = ""
    instead: str = ""
    next_step: str = ""
    next_by: str = ""
    next_on: date | None = None
    refused: Refused = field(default_factory=Refused)

    def without_what_is_not_asked(self, kind: Kind) -> "Told":
        """Return the same without the questions that do not apply to this answer and kind of help.

        A form shows every question; somebody may have answered one before they changed the answer above.
        """
        return replace(
            self,
            put_off=frozenset() if self.answer is Answer.ACCEPTED else self.put_off,
            put_off_words="" if self.answer is Answer.ACCEPTED else self.put_off_words,
            not_accessible_why=self.not_accessible_why if self.answer is Answer.NOT_ACCESSIBLE else "",
            refused=self.refused if asks_section_11(kind, self.answer) else Refused(),
        )


def asks_section_11(kind: Kind, answer: Answer) -> bool:
    """Whether to ask about section 11(2) of the Care Act 2014: when an adult's needs assessment is declined.

    Not for a carer's assessment: section 11(5) has no such exception.
    """
    return kind is Kind.NEEDS_ASSESSMENT and answer is Answer.DECLINED


def wrong_with_offer(made: Made, *, today: date) -> dict[str, str]:
    """Return what is wrong with an offer as described, by field name."""
    wrong = {}
    if made.offered_on > today:
        wrong["offered_on"] = _("This day is still to come: write down an offer once it has been made")
    if not made.what.strip():
        wrong["what"] = _("Enter what was offered")
    if not made.explained:
        wrong["explained"] = _("Choose how it was explained")
    if made.understood in (Understood.YES, Understood.PARTLY) and not made.understood_how.strip():
        wrong["understood_how"] = _("Enter how you know that they understood it")
    return wrong


def wrong_with_reply(told: Told, *, kind: Kind, offered_on: date, today: date) -> dict[str, str]:
    """Return what is wrong with a reply as described, by field name.

    Args:
        told: what came of the offer.
        kind: what was offered; a declined needs assessment needs more.
        offered_on: when the offer was made.
        today: the day.
    """
    wrong = {}
    if told.on > today:
        wrong["on"] = _("This day is still to come")
    elif told.on < offered_on:
        wrong["on"] = _("The answer cannot be before the day it was offered")
    if told.answer is Answer.DECLINED and not (told.own_words.strip() or told.no_words_why.strip()):
        wrong["own_words"] = _("Enter what the person said, in their own words, or why there are none")
    if PutOff.OTHER in told.put_off and not told.put_off_words.strip():
        wrong["put_off_words"] = _("Enter what else put them off")
    if told.answer is Answer.NOT_ACCESSIBLE and not told.not_accessible_why.strip():
        wrong["not_accessible_why"] = _("Enter why they could not have it")
    if told.answer in LEAVES_WITHOUT:
        wrong |= _wrong_with_next(told)
    if asks_section_11(kind, told.answer):
        wrong |= wrong_with_refused(told.refused, today=today)
    return wrong


def _wrong_with_next(told: Told) -> dict[str, str]:
    """A refusal is never the end: it must say what will be tried next, by whom and when."""
    wrong = {}
    if not told.next_step.strip():
        wrong["next_step"] = _("Enter what will be tried next")
    if not told.next_by.strip():
        wrong["next_by"] = _("Enter who will go back to them")
    if told.next_on is None:
        wrong["next_on"] = _("Enter when somebody will go back to them")
    elif told.next_on < told.on:
        wrong["next_on"] = _("The day somebody goes back must be on or after the day of the answer")
    return wrong

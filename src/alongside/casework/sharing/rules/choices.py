"""What a person chose about sharing: with whom, about what, for which purpose, and whether it still holds.

A choice is not a basis in law (UK GDPR Articles 6 and 9): a council does its tasks without consent. It is the
person's control over what is shared about them (Solihull guidance, "Consent and information sharing"), a
ground on which a confidence may be passed on, and where they say no, what stands in the way.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.sharing.rules.basis import DataClass

LONGEST = timedelta(days=366)
"""A person is asked again whether they agree to sharing after a year at the latest."""


class Topic(StrEnum):
    """What is shared about somebody, in parts a person can decide about one by one."""

    EVERYTHING = "everything"
    KNOWN = "known"
    CONTACT = "contact"
    HOME = "home"
    MONEY = "money"
    FAMILY = "family"
    SAFETY = "safety"
    CARE = "care"
    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCES = "substances"
    OFFENCES = "offences"


_GUARDED = {
    Topic.CARE: DataClass.SPECIAL,
    Topic.HEALTH: DataClass.SPECIAL,
    Topic.MENTAL_HEALTH: DataClass.SPECIAL,
    Topic.SUBSTANCES: DataClass.SPECIAL,
    Topic.OFFENCES: DataClass.CRIMINAL,
}


def data_of(topic: Topic) -> DataClass:
    """Return the lowest class of data that a topic can be; whoever shares may give a higher one."""
    return _GUARDED.get(topic, DataClass.ORDINARY)


def order_of(moment: datetime) -> int:
    """Return a moment as a number that orders what was recorded then."""
    return int(moment.timestamp() * 1_000_000)


class Answer(StrEnum):
    """What the person said when they were asked, or without being asked."""

    AGREES = "agrees"
    REFUSES = "refuses"


class Holds(StrEnum):
    """Whether a choice holds on a day."""

    YES = "yes"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Choice:
    """One choice: about one topic and one organisation.

    Attributes:
        answer: what they said.
        topic: about what.
        recipient: id of the organisation that would be told; empty for every organisation.
        purpose: code of the purpose they agreed to; empty for every purpose, as with a refusal.
        said_on: when.
        order: what was recorded later has the higher number; of two choices on one day the later counts.
        expires_on: the last day of an agreement; a refusal has none.
        withdrawn_on: when they took it back.
        withdrawn_order: as ``order``, of what was recorded when they took it back.
    """

    answer: Answer
    topic: Topic
    recipient: str
    said_on: date
    order: int = 0
    purpose: str = ""
    expires_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_order: int = 0

    def holds_on(self, day: date) -> Holds:
        """Say whether it holds on a day."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return Holds.WITHDRAWN
        if self.expires_on is not None and self.expires_on < day:
            return Holds.EXPIRED
        return Holds.YES

    def last_word(self, day: date) -> tuple[date, int]:
        """Return the day of what they last said about it, and its order: the choice, or taking it back."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return self.withdrawn_on, self.withdrawn_order
        return self.said_on, self.order

    def says_no(self, day: date) -> bool:
        """Say whether it is a refusal, or an agreement taken back by a given day: that is a no too."""
        return self.answer is Answer.REFUSES or self.holds_on(day) is Holds.WITHDRAWN

    def is_about(self, topic: Topic, recipient: str, purpose: str) -> bool:
        """Say whether it is about one topic, one organisation and one purpose.

        Telling everything needs an agreement to everything; an objection to any part is about it too.
        """
        wide = self.answer is Answer.REFUSES and topic is Topic.EVERYTHING
        return (
            (self.topic in (Topic.EVERYTHING, topic) or wide)
            and self.recipient in ("", recipient)
            and (self.answer is Answer.REFUSES or self.purpose in ("", purpose))
        )


class State(StrEnum):
    """What a person's choices mean for one piece of sharing."""

    AGREES = "agrees"
    REFUSES = "refuses"
    NOT_SAID = "not_said"


@dataclass(frozen=True)
class Wish:
    """What a person's choices mean for one piece of sharing, and which of them decide it."""

    state: State
    because: tuple[Choice, ...] = ()
    why: str = ""


def wish_about(
    choices: Iterable[Choice], *, topics: Collection[Topic], recipient: str, purpose: str, day: date
) -> Wish:
    """Return what a person wants about telling an organisation of some topics, for a purpose, on a day.

    What they said last counts, and taking something back counts as said on the day it was taken back. After
    an agreement has expired, an earlier no stands again. One topic refused, or agreed and taken back, stands
    in the way of everything shared with it; they agree only if each topic is agreed to and still holds.
    Sharing anything about somebody also shares that they are known, so an objection to that stands in the
    way of all of it.
    """
    known = sorted(
        (each for each in choices if each.said_on <= day and not _dropped(each, day)),
        key=lambda each: each.last_word(day),
    )
    agreed: list[Choice] = []
    refused: list[Choice] = []
    lapsed: list[Choice] = []
    for topic in sorted({*topics, Topic.KNOWN} if topics else ()):
        about = [each for each in known if each.is_about(topic, recipient, purpose)]
        left = [each for each in about if each.holds_on(day) is not Holds.EXPIRED]
        if left and left[-1].says_no(day):
            refused.append(left[-1])
        elif topic in topics and about:
            (agreed if about[-1].holds_on(day) is Holds.YES else lapsed).append(about[-1])
    if refused:
        why = _("The person asked for this not to be shared.")
        if all(each.answer is Answer.AGREES for each in refused):
            why = _("The person agreed to this, then took it back: that is a no.")
        return Wish(State.REFUSES, tuple(refused), why)
    if topics and len(agreed) == len(topics):
        return Wish(State.AGREES, tuple(agreed), _("The person agreed to exactly this, and it holds today."))
    if lapsed:
        return Wish(State.NOT_SAID, tuple(lapsed), _("They agreed once, and that has expired: ask again."))
    return Wish(State.NOT_SAID, (), _("The person has not said whether this may be shared."))


def _dropped(choice: Choice, day: date) -> bool:
    """A refusal that was taken back no longer counts; an agreement that was taken back is a no."""
    return choice.answer is Answer.REFUSES and choice.holds_on(day) is Holds.WITHDRAWN


@dataclass(frozen=True)
class Statement:
    """What somebody said in one conversation about sharing.

    Attributes:
        answer: whether they agree.
        topics: about what.
        recipients: ids of the organisations that would be told; none means all, for a refusal only.
        exactly: what it was about, as it was put to them.
        said_on: when they said it.
        capacity: whether they can decide this.
        method: how they said it.
        purpose: what they agree to it for; a refusal is for every purpose.
        expires_on: the last day of an agreement.
        free: why they could have said no.
        words: what they said, word for word.
        explained: codes of how it was explained.
        explained_how: what else helped.
        language: the one in which it was explained.
        evidence: what shows that they said so.
    """

    answer: Answer
    topics: tuple[Topic, ...]
    recipients: frozenset[UUID]
    exactly: str
    said_on: date
    capacity: str
    method: str
    purpose: str = ""
    expires_on: date | None = None
    free: str = ""
    words: str = ""
    explained: tuple[str, ...] = ()
    explained_how: str = ""
    language: str = ""
    evidence: str = ""


def why_no_choice(said: Statement, day: date) -> dict[str, str]:
    """Return what stops something being a choice, by the name of the field.

    An agreement needs an end, and a word on why the person could have said no (UK GDPR Article 7(4),
    recital 43).
    """
    wrong = {}
    if not said.topics:
        wrong["topics"] = _("Choose what it is about")
    if not said.exactly.strip():
        wrong["exactly"] = _("Say exactly what it is about")
    if said.said_on > day:
        wrong["said_on"] = _("The day must be today or in the past")
    if said.answer is Answer.REFUSES:
        return wrong
    if not said.recipients:
        wrong["recipients"] = _("Choose who may be told: nobody can agree to everybody being told")
    if said.capacity == "lacks":
        wrong["capacity"] = _(
            "Somebody who cannot decide this cannot agree to it. Record the capacity assessment, and look at "
            "their best interests"
        )
    if said.capacity == "in_doubt":
        wrong["capacity"] = _(
            "Find out first whether they can decide this, with the help they need to decide"
        )
    if not said.free.strip():
        wrong["free"] = _("Say why they could have said no without losing anything")
    if said.expires_on is None:
        wrong["expires_on"] = _("Enter the last day for which they agree")
    elif not said.said_on <= said.expires_on <= said.said_on + LONGEST:
        wrong["expires_on"] = _("It must end within a year of the day they said so")
    elif said.expires_on < day:
        wrong["expires_on"] = _("It has already ended: ask again")
    return wrong

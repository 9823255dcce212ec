"""How one agency asks another for information: under which power, by when, and with what outcome.

Law: Care Act 2014, sections 6, 7 and 45; Data (Use and Access) Act 2025, section 70. Whoever asks names the
power and is responsible for it; a partnership should have these words checked by a legal adviser.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.directory.days import working_days_after
from alongside.casework.sharing.rules.basis import PUBLIC_AUTHORITIES, DataClass

RELEVANT_PARTNERS = frozenset({"council", "nhs", "police", "probation"})
"""Kinds of organisation that section 6(7) of the Care Act names as partners of a council, with councils."""
CRIME_PARTNERS = frozenset({"council", "nhs", "police", "fire", "probation"})
"""Kinds of public authority with which section 115 of the Crime and Disorder Act lets others share."""


class Power(StrEnum):
    """The law under which a public authority asks. The strings are stored in the database."""

    CARE_ACT_6 = "care_act_6"
    CARE_ACT_7 = "care_act_7"
    CARE_ACT_9 = "care_act_9"
    CARE_ACT_42 = "care_act_42"
    CARE_ACT_45 = "care_act_45"
    CRIME_115 = "crime_115"
    HOUSING_213B = "housing_213b"
    CAPACITY_4 = "capacity_4"
    OTHER = "other"


@dataclass(frozen=True)
class PowerSaid:
    """A power: what it is called, and what it means for the organisation that is asked."""

    title: Promise
    means: Promise | str


POWERS: Mapping[Power, PowerSaid] = {
    Power.CARE_ACT_6: PowerSaid(
        gettext_lazy("Care Act 2014, section 6 (co-operating generally)"),
        gettext_lazy(
            "Section 6 obliges a council and its relevant partners to co-operate in what they do for adults "
            "with needs for care and support, and for carers. It does not by itself oblige you to share."
        ),
    ),
    Power.CARE_ACT_7: PowerSaid(
        gettext_lazy("Care Act 2014, section 7 (co-operating in one person's case)"),
        gettext_lazy(
            "Section 7 is about somebody with needs for care and support, or a carer. It obliges you to "
            "comply unless you consider that doing so would be incompatible with your own duties, or would "
            "otherwise have an adverse effect on the exercise of your functions. If you decide not to "
            "comply, you must give us written reasons."
        ),
    ),
    Power.CARE_ACT_9: PowerSaid(
        gettext_lazy("Care Act 2014, section 9 (assessing an adult's needs)"),
        gettext_lazy("Section 9 obliges us to assess. It does not by itself oblige you to share."),
    ),
    Power.CARE_ACT_42: PowerSaid(
        gettext_lazy("Care Act 2014, section 42 (a safeguarding enquiry)"),
        gettext_lazy(
            "Section 42 obliges the council to make whatever enquiries it thinks necessary, or to have them "
            "made, about an adult at risk. It does not by itself oblige you to share."
        ),
    ),
    Power.CARE_ACT_45: PowerSaid(
        gettext_lazy("Care Act 2014, sections 44 and 45 (the Safeguarding Adults Board)"),
        gettext_lazy(
            "Section 45 obliges you to supply what the Safeguarding Adults Board asks for, to it or to "
            "whomever it names, where the conditions of that section are met. We ask because the board named "
            "us."
        ),
    ),
    Power.CRIME_115: PowerSaid(
        gettext_lazy("Crime and Disorder Act 1998, section 115 (preventing crime and disorder)"),
        gettext_lazy(
            "Section 115 permits you to tell us what is necessary or expedient for that Act. It does not "
            "oblige you to."
        ),
    ),
    Power.HOUSING_213B: PowerSaid(
        gettext_lazy("Housing Act 1996, section 213B (referring somebody who may be homeless)"),
        gettext_lazy(
            "Section 213B works with the person's consent, and the person chooses the housing authority. "
            "They know about this request."
        ),
    ),
    Power.CAPACITY_4: PowerSaid(
        gettext_lazy("Mental Capacity Act 2005, section 4 (somebody's best interests)"),
        gettext_lazy(
            "Section 4 obliges us to consider all that is relevant to the person's best interests in a "
            "decision for which they lack capacity. It does not by itself oblige you to share."
        ),
    ),
    Power.OTHER: PowerSaid(gettext_lazy("Another power: say which Act and section"), ""),
}


def closed_because(power: Power, *, asker_kind: str, asked_kind: str, person_knows: bool) -> str:
    """Return why a power cannot be used for a request, in a sentence; empty if it can.

    Args:
        power: the power.
        asker_kind: the kind of organisation that asks.
        asked_kind: the kind that is asked.
        person_knows: whether the person knows of the request.
    """
    kinds = {asker_kind, asked_kind}
    match power:
        case Power.CARE_ACT_6 if "council" not in kinds or asker_kind not in RELEVANT_PARTNERS:
            return _(
                "Section 6 is between a council and those it works with: a council asks, or the NHS, the "
                "police or probation ask the council. Choose another power."
            )
        case Power.CARE_ACT_7 if "council" not in kinds or not kinds <= RELEVANT_PARTNERS:
            return _(
                "Section 7 is between a council and its relevant partners: another council, the NHS, the "
                "police or probation. Choose another power for this organisation."
            )
        case Power.CARE_ACT_9 if asker_kind != "council":
            return _("Only a council assesses needs under section 9. Choose the power for your own task.")
        case Power.CRIME_115 if asker_kind not in CRIME_PARTNERS:
            return _(
                "Section 115 only lets others tell councils, the NHS, police, fire and probation. "
                "Choose another power."
            )
        case Power.HOUSING_213B if not person_knows:
            return _("Section 213B needs the person's consent: ask them first, or choose another power.")
    return ""


class Urgency(StrEnum):
    """How soon an answer is needed."""

    URGENT = "urgent"
    ORDINARY = "ordinary"


WORKING_DAYS = {Urgency.URGENT: 1, Urgency.ORDINARY: 10}
"""In how many an answer is asked for if no day is given: examples, set by no law (domain 1.4)."""


def due_by_default(asked_on: date, urgency: Urgency) -> date:
    """Return the day by which an answer is asked for, if the asker gives none."""
    return working_days_after(asked_on, WORKING_DAYS[urgency])


@dataclass(frozen=True)
class Item:
    """One thing asked for: what it is, why it is needed, and for what period."""

    what: str
    why: str
    period: str

    @property
    def whole(self) -> bool:
        """Whether all three are given."""
        return all(each.strip() for each in (self.what, self.why, self.period))


@dataclass(frozen=True)
class Wish:
    """What the asker says about a request.

    Attributes:
        what_for: a public authority's task; for any other organisation, why it asks.
        power: under which law; None for an organisation that is not a public authority.
        power_words: the Act and section, of a power that is not listed.
        kinds: the classes of data it is about.
        items: what is asked for.
        person_knows: whether the person knows of the request; ``why_not_told`` says why not.
        urgency: how soon an answer is needed; ``due`` is the day, None for the usual one.
        how_to_answer: how an answer reaches the asker safely.
    """

    what_for: str
    power: Power | None
    power_words: str
    kinds: frozenset[DataClass]
    items: tuple[Item, ...]
    person_knows: bool
    why_not_told: str
    urgency: Urgency
    due: date | None
    how_to_answer: str


@dataclass(frozen=True)
class Asked:
    """A whole request: who asks which agency, about whom, and for what.

    Attributes:
        asker: the name of the organisation that asks; ``asker_kind`` is its kind.
        asked: the name of the one that is asked; ``asked_kind`` is its kind.
        signed_by: the member who asks.
        who: the person, in the words by which another agency can find them.
        asked_on: the day on which it is asked.
        wish: what the asker says about it.
        agreements: references of the agreements that cover it.
    """

    asker: str
    asker_kind: str
    asked: str
    asked_kind: str
    signed_by: str
    who: str
    asked_on: date
    wish: Wish
    agreements: tuple[str, ...] = ()

    @property
    def due(self) -> date:
        """The day by which an answer is asked for."""
        return self.wish.due or due_by_default(self.asked_on, self.wish.urgency)

    @property
    def by_public_authority(self) -> bool:
        """Whether a public authority asks, for a task of its own."""
        return self.asker_kind in PUBLIC_AUTHORITIES

    @property
    def opens_public_task_request(self) -> bool:
        """Whether the organisation asked may rely on the request itself: a recognised legitimate interest.

        UK GDPR Article 6(1)(ea) and Annex 1 paragraph 1, by the Data (Use and Access) Act 2025, section 70
        and schedule 4: where a public authority asks an organisation that is not one. Section 70(2)(c) does
        not let others rely on it.
        """
        return self.by_public_authority and self.asked_kind not in PUBLIC_AUTHORITIES

    @property
    def power_title(self) -> str:
        """What the power is called; empty if there is none."""
        if self.wish.power is None:
            return ""
        if self.wish.power is Power.OTHER:
            return self.wish.power_words
        return str(POWERS[self.wish.power].title)


def lacks(it: Asked) -> dict[str, str]:
    """Return what a request still lacks: the name of each field, and what to say there."""
    wish = it.wish
    wrong: dict[str, str] = {}
    if not wish.what_for.strip():
        wrong["what_for"] = (
            _("Say which of your tasks it is for") if it.by_public_authority else _("Say why you are asking")
        )
    wrong |= _wrong_with_power(it)
    if not wish.kinds:
        wrong["kinds"] = _("Choose at least one kind of data")
    if not wish.items or not all(each.whole for each in wish.items):
        wrong["items"] = _("For each thing you ask for, say what it is, why it is needed and for what period")
    if not wish.person_knows and not wish.why_not_told.strip():
        wrong["why_not_told"] = _("Say why the person does not know of this request")
    if it.due <= it.asked_on:
        wrong["due"] = _("The day by which you need it must be after today")
    if not wish.how_to_answer.strip():
        wrong["how_to_answer"] = _("Say how they can answer you safely")
    return wrong


def _wrong_with_power(it: Asked) -> dict[str, str]:
    power = it.wish.power
    if not it.by_public_authority:
        no_task = _(
            "Only a public authority can use such a power: you cannot claim a public task (section 70(2)(a))"
        )
        return {"power": no_task} if power else {}
    if power is None:
        return {"power": _("Choose the power you are using")}
    if power is Power.OTHER and not it.wish.power_words.strip():
        return {"power_words": _("Say which Act and section")}
    closed = closed_because(
        power, asker_kind=it.asker_kind, asked_kind=it.asked_kind, person_knows=it.wish.person_knows
    )
    return {"power": closed} if closed else {}


class State(StrEnum):
    """Where a request stands. The strings are stored in the database."""

    ASKED = "asked"
    CHASED = "chased"
    ANSWERED = "answered"
    NOTHING_HELD = "nothing_held"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.ASKED, State.CHASED})
"""A request can only continue from these; how it ended is never changed."""


class Refusal(StrEnum):
    """Why an agency says no."""

    INCOMPATIBLE = "incompatible"
    HARMFUL = "harmful"
    NOT_HELD = "not_held"
    NOT_LAWFUL = "not_lawful"
    OTHER = "other"
    CANNOT_SAY = "cannot_say"
    """It says nothing: neither why, nor whether anything is held."""


OF_SECTION_7 = frozenset({Refusal.INCOMPATIBLE, Refusal.HARMFUL})
"""The two reasons for which section 7 of the Care Act lets a partner not comply."""


def outside_section_7(power: str, refusal: str) -> bool:
    """Whether a request under section 7 was refused for a reason that the section does not provide."""
    return power == Power.CARE_ACT_7 and refusal != "" and refusal not in OF_SECTION_7


def silent_for(due: date, day: date) -> timedelta:
    """Return how long after its due day a request is still without an answer; zero before then."""
    return max(day - due, timedelta())


class Step(StrEnum):
    """Who was reminded of a request."""

    BY_HAND = "by_hand"
    """The agency asked, by whoever asked."""
    DUE = "due"
    """Whoever asked: the answer is due."""
    MANAGERS = "managers"
    """The managers of the agency asked."""
    BOTH = "both"
    """The managers of both."""


CLOCK = ((Step.DUE, 0), (Step.MANAGERS, 3), (Step.BOTH, 7))
"""Steps taken automatically, and how many working days after the due day (domain 1.4)."""


def step_reached(due: date, day: date, *, taken: Collection[Step]) -> Step | None:
    """Return the step to take on a day; None if the clock has reached no new one.

    After a time in which nothing ran, the latest is taken and those before it are skipped.
    """
    reached = [step for step, days in CLOCK if day >= working_days_after(due, days)]
    return reached[-1] if reached and reached[-1] not in taken else None


@dataclass(frozen=True)
class Tally:
    """How an agency answered what it was asked.

    Attributes:
        agency: its name.
        asked: how many requests.
        in_time: answered by the day they were due; that nothing is held is an answer.
        late: answered after it.
        refused: refused, with written reasons: every refusal has them.
        silent: past the day they were due, with no answer and no reasons.
    """

    agency: str
    asked: int
    in_time: int
    late: int
    refused: int
    silent: int

    @property
    def waiting(self) -> int:
        """How many are waiting, and are not late."""
        return self.asked - self.in_time - self.late - self.refused - self.silent

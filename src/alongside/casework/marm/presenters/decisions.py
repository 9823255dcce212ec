"""Decisions, ready to show: what was decided, what the person says, what was weighed, and who by."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import CaseDecision, DecisionOption, DecisionPosition
from alongside.casework.marm.presenters.words_of_decisions import PROTECTS, STANCE
from alongside.casework.marm.queries.decisions import DecisionPage, DecisionsPage
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.decisions import Protects, Stance
from alongside.casework.people.queries.disputed import Marks, mark_of

Row = tuple[str, str]


@dataclass(frozen=True)
class DecisionLine:
    """One decision of a list."""

    question: str
    decided: str
    href: str
    source: str
    overdue: str
    disputed: str


@dataclass(frozen=True)
class DecisionsShown:
    """The decisions of a case."""

    case_id: UUID
    known_as: str
    overdue: list[DecisionLine]
    standing: list[DecisionLine]
    followed: list[DecisionLine]
    may_add: bool


@dataclass(frozen=True)
class OptionShown:
    """One option, how it was marked, and what was weighed."""

    title: str
    marks: str
    rows: list[Row]


@dataclass(frozen=True)
class PositionShown:
    """What one agency says; ``differs`` if it dissents."""

    who: str
    said: str
    words: str
    differs: bool


@dataclass(frozen=True)
class DecisionShown:
    """One decision whole."""

    case_id: UUID
    id: UUID
    known_as: str
    question: str
    decided: str
    overdue: str
    person: list[Row]
    own_view: str
    options: list[OptionShown]
    why: list[Row]
    positions: list[PositionShown]
    levers: list[str]
    capacity_href: str
    about: list[Row]
    follows_href: str
    followed_by_href: str
    may_follow: bool
    disputed: str


def decisions_shown(page: DecisionsPage, day: date) -> DecisionsShown:
    """Return the list: those overdue to be looked at again first."""
    standing = [(each, _line(each, day, page.disputed)) for each in page.standing]
    return DecisionsShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        overdue=[line for _each, line in standing if line.overdue],
        standing=[line for _each, line in standing if not line.overdue],
        followed=[_line(each, day, page.disputed, stands=False) for each in page.followed],
        may_add=page.may_add,
    )


def decision_shown(page: DecisionPage, day: date) -> DecisionShown:
    """Return one decision."""
    decision = page.decision
    levers = {each.code: each for each in marm_pack().legal_levers}
    return DecisionShown(
        case_id=decision.case_id,
        id=decision.id,
        known_as=decision.case.person.goes_by,
        question=decision.question,
        decided=decision.decided,
        overdue=_overdue(decision, day) if page.followed_by is None else "",
        own_view=decision.own_view,
        person=[
            (_("The risk they are comfortable with"), decision.level),
            (_("Why there is no view from them"), decision.no_view_why),
            (_("What was done to help them decide"), decision.support),
            (_("What is known about their capacity for this"), _capacity(decision)),
        ],
        options=[_option(each) for each in page.options],
        why=[
            (_("Arguments for it"), decision.speaks_for),
            (_("Arguments against it"), decision.speaks_against),
            (_("Why it was decided this way"), decision.reasons),
            (_("Who it protects"), ", ".join(str(PROTECTS[Protects(each)]) for each in decision.protects)),
            (_("Why it is right, although it protects only us"), decision.us_alone_why),
        ],
        positions=[_position(each) for each in page.positions],
        levers=[levers[each].title if each in levers else each for each in decision.levers],
        capacity_href=address_of(
            "capacity:record", args=[decision.capacity_record.person_id, decision.capacity_record.id]
        )
        if decision.capacity_record
        else "",
        about=[
            (_("To be looked at again on"), day_in_words(decision.review_on)),
            (_("Recorded by"), f"{decision.written_by}, {day_in_words(decision.written_at)}"),
            (_("Why it was decided again"), decision.follows_why),
        ],
        follows_href=address_of("marm:decision", args=[decision.follows_id]) if decision.follows_id else "",
        followed_by_href=address_of("marm:decision", args=[page.followed_by]) if page.followed_by else "",
        may_follow=page.may_follow,
        disputed=page.disputed,
    )


def _line(decision: CaseDecision, day: date, disputed: Marks, *, stands: bool = True) -> DecisionLine:
    return DecisionLine(
        question=decision.question,
        decided=decision.decided,
        href=address_of("marm:decision", args=[decision.id]),
        source=_("%(name)s, %(day)s. To be looked at again on %(review)s.")
        % {
            "name": decision.written_by, "day": day_in_words(decision.written_at),
            "review": day_in_words(decision.review_on),
        },
        overdue=_overdue(decision, day) if stands else "",
        disputed=mark_of(decision, disputed),
    )  # fmt: skip


def _overdue(decision: CaseDecision, day: date) -> str:
    if decision.review_on >= day:
        return ""
    return _("It should have been looked at again by %(day)s.") % {"day": day_in_words(decision.review_on)}


def _capacity(decision: CaseDecision) -> str:
    if not decision.capacity_in_doubt:
        return ""
    if not decision.capacity_record_id and not decision.capacity_words:
        return _("There is doubt. The record of that was erased, since it was about somebody else.")
    return decision.capacity_words or _("There is doubt: see the record.")


def _option(option: DecisionOption) -> OptionShown:
    marks = [
        _("Chosen") if option.chosen else "",
        _("Restricts the person least") if option.least_restrictive else "",
    ]
    return OptionShown(
        title=option.words,
        marks=". ".join(filter(None, marks)),
        rows=[
            (_("What is good about it"), option.benefits),
            (_("What is not, as the person understood it"), option.consequences),
            (_("What may happen without it"), option.not_acting),
        ],
    )


def _position(position: DecisionPosition) -> PositionShown:
    return PositionShown(
        who=f"{position.organisation.name}, {position.name}",
        said=str(STANCE[Stance(position.stance)]),
        words=position.words,
        differs=position.stance == Stance.DISSENTS,
    )

"""A person's statement in finished words: short sentences, for screen, paper and Easy Read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.outreach.models import Referral
from alongside.casework.people.models import KnownTo
from alongside.casework.rights.models import StatementGiven
from alongside.casework.rights.permissions import may_see_its_words
from alongside.casework.rights.presenters.reaching import before_giving_anything
from alongside.casework.rights.presenters.statement_lists import lists
from alongside.casework.rights.presenters.statement_words import (
    ALL_THE_SAME,
    BASES,
    HELD,
    HOW_SURE,
    KINDS,
    READS,
    TITLES,
    TOPICS,
    WHY_SEES,
    Entry,
    Sentence,
)
from alongside.casework.rights.queries.statement import Statement
from alongside.casework.rights.rules.statement import Held, Line, Part, may_be_explained_to
from alongside.casework.sharing.models import InformationRequest, SharedItem, SharingChoice
from alongside.casework.sharing.rules.choices import Answer, Holds, Topic
from alongside.casework.sharing.rules.items import FactKind
from alongside.casework.sharing.rules.overrides import Ground


@dataclass(frozen=True)
class Section:
    """A part of the statement."""

    id: str
    title: str
    picture: str
    entries: tuple[Entry, ...]
    empty: str


@dataclass(frozen=True)
class StatementShown:
    """What the person is given. It contains nothing that is held back."""

    day: str
    lead: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    rights: tuple[Section, ...]


@dataclass(frozen=True)
class HeldShown:
    """A line that is held back, for whoever works with the person."""

    what: str
    why: str
    again: str


@dataclass(frozen=True)
class Before:
    """What somebody must know before they give a statement.

    Attributes:
        warnings: how it is safe to reach the person, who might see it, and whether an interpreter is needed.
        held: lines that their own organisation holds back, and why.
        given: each time it was given before, in a sentence.
    """

    warnings: tuple[str, ...]
    held: tuple[HeldShown, ...]
    given: tuple[str, ...]


def statement_shown(statement: Statement) -> StatementShown:
    """Return the statement in words for the person."""
    sections = []
    for where, (title, picture, empty) in TITLES.items():
        lines = statement.of(where)
        made = _ENTRIES[where](lines, statement) if lines else ()
        sections.append(Section(where.value, str(title), picture, tuple(made), "" if lines else str(empty)))
    return StatementShown(
        day=day_in_words(statement.day),
        lead=(
            Sentence(_("This is about you."), "person"),
            Sentence(_("It says who has information about you."), "paper"),
            Sentence(_("It says what was shared, when, why and who with."), "talk"),
            Sentence(_("You can ask somebody to read it with you."), "people"),
            Sentence(_("You can keep it. You do not have to."), "tick"),
        ),
        sections=tuple(sections),
        rights=_rights(statement),
    )


def before_giving(statement: Statement) -> Before:
    """Return what somebody must know before they give a statement."""
    warnings = before_giving_anything(statement.whole, statement.risky)
    own = statement.seen_by.organisation_id
    held = [each for each in statement.lines.held if may_be_explained_to(each, organisation=own)]
    return Before(
        tuple(warnings), tuple(_held(each) for each in held), tuple(_given(e) for e in statement.given)
    )


def _held(line: Line) -> HeldShown:
    title = str(TITLES[line.part][0])
    return HeldShown(
        what=_("%(part)s, %(day)s") % {"part": title, "day": day_in_words(line.on)},
        why=str(HELD[Held(line.ground)]) if line.ground else "",
        again=day_in_words(line.again) if line.again else _("No day is set: ask whoever recorded it"),
    )


def _given(given: StatementGiven) -> str:
    return _("%(day)s: %(how)s, %(form)s, in %(language)s. Explained by %(who)s, %(organisation)s.") % {
        "day": day_in_words(given.on),
        "how": given.get_how_display(),
        "form": given.get_form_display(),
        "language": given.language,
        "who": given.explained_by,
        "organisation": given.organisation.name,
    }


def _sees(lines: list[Line], _statement: Statement) -> Iterable[Entry]:
    for name, rows in _by_organisation(lines).items():
        whys = dict.fromkeys(str(WHY_SEES.get(each.row.why, "")) for each in rows)
        since = min(each.on for each in rows)
        yield Entry(
            name,
            (
                Sentence(_("%(who)s can see your record.") % {"who": name}, "eye"),
                Sentence(str(READS), "paper"),
                Sentence(_("Since %(day)s.") % {"day": day_in_words(since)}, "calendar"),
                *(Sentence(why, "question") for why in whys if why),
            ),
        )


def _in_touch(lines: list[Line], _statement: Statement) -> Iterable[Entry]:
    for each in lines:
        who, name = each.row.worker_name, each.row.organisation.name
        said = (
            _("%(who)s from %(name)s is in touch with you.") if who else _("%(name)s is in touch with you.")
        )
        yield Entry(
            name,
            (
                Sentence(said % {"who": who, "name": name}, "people"),
                Sentence(_("Since %(day)s.") % {"day": day_in_words(each.on)}, "calendar"),
            ),
        )


def _holds(lines: list[Line], _statement: Statement) -> Iterable[Entry]:
    found: dict[str, list[str]] = {}
    for each in lines:
        found.setdefault(each.row.organisation, []).append(str(KINDS[each.row.kind]))
    for name, kinds in sorted(found.items()):
        yield Entry(
            name,
            tuple(Sentence(each[0].upper() + each[1:] + ".", "paper") for each in sorted(set(kinds))),
        )


def _told(lines: list[Line], statement: Statement) -> Iterable[Entry]:
    for each in lines:
        told, decision = each.row, each.row.decision
        items: list[SharedItem] = list(decision.items.all())
        teller, hearer = told.from_organisation.name, told.organisation.name
        said = [
            Sentence(_("%(who)s told %(whom)s about you.") % {"who": teller, "whom": hearer}, "talk"),
            Sentence(_("This was on %(day)s.") % {"day": day_in_words(each.on)}, "calendar"),
            Sentence(_("It was decided by %(who)s.") % {"who": decision.decided_by}, "person"),
            Sentence(_("It was about: %(topics)s.") % {"topics": _topics(items)}, "paper"),
            Sentence(
                _("It was for this work: %(purpose)s.") % {"purpose": title_of(decision.purpose)}, "question"
            ),
        ]
        if why := BASES.get(decision.article_6):
            said.append(Sentence(_("Why they are allowed to: %(why)s") % {"why": why}, "law"))
        if decision.corrects_id:
            said.append(Sentence(_("This puts right what was told before."), "tick"))
        override = getattr(decision, "override", None)
        if override is not None:
            said += [
                Sentence(_("You had asked us not to share this."), "lock"),
                Sentence(_("It was shared anyway."), "talk"),
                Sentence(str(ALL_THE_SAME[Ground(override.ground)]), "law"),
                Sentence(_("You can say what you think of that. We will write it down."), "person"),
            ]
        quotes: tuple[str, ...] = ()
        if may_see_its_words(statement.seen_by, told.from_organisation_id, told.organisation_id):
            quotes = tuple(f"“{one.words}” {HOW_SURE[FactKind(one.kind)]}" for one in items)
        else:
            said.append(Sentence(_("Ask %(who)s for the exact words.") % {"who": teller}, "phone"))
            said += [
                Sentence(str(HOW_SURE[kind]), "question")
                for kind in dict.fromkeys(FactKind(one.kind) for one in items)
                if kind in (FactKind.ALLEGATION, FactKind.THIRD_PARTY_REPORT)
            ]
        yield Entry(
            _("%(day)s: to %(whom)s") % {"day": day_in_words(each.on), "whom": hearer}, tuple(said), quotes
        )


def _not_told(lines: list[Line], _statement: Statement) -> Iterable[Entry]:
    for each in lines:
        to = ", ".join(one.organisation.name for one in each.row.recipients.all())
        yield Entry(
            day_in_words(each.on),
            (
                Sentence(
                    _("%(who)s decided not to tell %(whom)s about you.")
                    % {"who": each.row.organisation.name, "whom": to},
                    "lock",
                ),
                Sentence(_("This was on %(day)s.") % {"day": day_in_words(each.on)}, "calendar"),
            ),
        )


def _asked(lines: list[Line], _statement: Statement) -> Iterable[Entry]:
    for each in lines:
        yield Entry(
            day_in_words(each.on),
            (
                Sentence(_question(each.row), "question"),
                Sentence(_("This was on %(day)s.") % {"day": day_in_words(each.on)}, "calendar"),
                *_taken_back(each.row),
            ),
        )


def _taken_back(row: Any) -> Iterable[Sentence]:
    if isinstance(row, Referral) and row.taken_back_at:
        told = {"who": row.from_organisation.name, "day": day_in_words(timezone.localdate(row.taken_back_at))}
        yield Sentence(_("%(who)s took this back on %(day)s.") % told, "cross")


def _question(row: Any) -> str:
    match row:
        case InformationRequest():
            return _("%(who)s asked %(whom)s for information about you.") % {
                "who": row.asked_by.name, "whom": row.asked_of.name,
            }  # fmt: skip
        case KnownTo():
            return _("%(who)s asked %(whom)s if they know you.") % {
                "who": row.asked_by.name, "whom": row.asked_of.name,
            }  # fmt: skip
        case Referral():
            return _("%(who)s asked %(whom)s to help you.") % {
                "who": row.from_organisation.name, "whom": row.to_organisation.name,
            }  # fmt: skip
    raise TypeError(type(row).__name__)


def _chose(lines: list[Line], statement: Statement) -> Iterable[Entry]:
    for each in lines:
        choice: SharingChoice = each.row
        holds = choice.choice.holds_on(statement.day)
        said = [
            Sentence(_yes_or_no(choice), "tick" if choice.answer == Answer.AGREES else "cross"),
            Sentence(_("You said so on %(day)s.") % {"day": day_in_words(choice.said_on)}, "calendar"),
        ]  # fmt: skip
        said += [Sentence(words, "calendar") for words in _until(choice, holds)]
        yield Entry(day_in_words(choice.said_on), tuple(said), (f"“{choice.words}”",) if choice.words else ())


def _yes_or_no(choice: SharingChoice) -> str:
    given = {"topic": str(TOPICS[Topic(choice.topic)])}
    agreed = choice.answer == Answer.AGREES
    if choice.recipient is None:
        if agreed:
            return _("You said yes. Anybody may be told about: %(topic)s.") % given
        return _("You said no. Nobody may be told about: %(topic)s.") % given
    given["whom"] = choice.recipient.name
    if agreed:
        return _("You said yes. %(whom)s may be told about: %(topic)s.") % given
    return _("You said no. %(whom)s must not be told about: %(topic)s.") % given


def _until(choice: SharingChoice, holds: Holds) -> Iterable[str]:
    if holds is Holds.WITHDRAWN and choice.withdrawn_on:
        yield _("You took it back on %(day)s.") % {"day": day_in_words(choice.withdrawn_on)}
    elif holds is Holds.EXPIRED:
        yield _("This is over. You will be asked again.")
    elif choice.expires_on:
        yield _("It ends on %(day)s.") % {"day": day_in_words(choice.expires_on)}


_ENTRIES: Mapping[Part, Callable[[list[Line], Statement], Iterable[Entry]]] = {
    Part.SEES: _sees,
    Part.IN_TOUCH: _in_touch,
    Part.HOLDS: _holds,
    Part.TOLD: _told,
    Part.NOT_TOLD: _not_told,
    Part.ASKED: _asked,
    Part.CHOSE: _chose,
    Part.LISTS: lists,
}


def _rights(statement: Statement) -> tuple[Section, ...]:
    """What the person can do, with the phone number of the organisation that gives it, if there is one."""
    own = statement.own
    reach = (
        _("Ring %(who)s: %(number)s.") % {"who": own.name, "number": own.telephone}
        if own.telephone
        else _("Ask your worker at %(who)s.") % {"who": own.name}
    )

    def right(code: str, title: str, picture: str, *said: str) -> Section:
        sentences = tuple(Sentence(words, picture) for words in said)
        return Section(code, title, picture, (Entry("", (*sentences, Sentence(reach, "phone"))),), "")

    return (
        right(
            "change", _("You can change your mind"), "tick",
            _("You said yes? You can say no now."), _("You said no? You can say yes now."),
            _("You do not have to say why."), _("What was already shared cannot be taken back."),
        ),
        right(
            "wrong", _("If something is wrong"), "cross",
            _("Tell us. We will put it right."), _("Or we will write what you say beside it."),
        ),
        right(
            "copy", _("You can have a copy of everything"), "paper",
            _("You can ask for everything that is held about you."), _("It costs nothing."),
            _("You do not need a form. You do not have to say why."), _("We will answer within one month."),
        ),
        right(
            "complain", _("If you are not happy"), "talk",
            _("You can complain."), _("Tell %(who)s first.") % {"who": own.name},
            _("Or tell the Information Commissioner."),
            _("They look after everybody's rights to their information."),
            _("Their phone number is 0303 123 1113."),
            _("Their web page is ico.org.uk/make-a-complaint."),
            _("Write to: Information Commissioner's Office, Wycliffe House, Water Lane, Wilmslow, SK9 5AF."),
        ),
    )  # fmt: skip


def _by_organisation(lines: list[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for each in lines:
        found.setdefault(each.row.organisation.name, []).append(each)
    return dict(sorted(found.items()))


def _topics(items: list[SharedItem]) -> str:
    return ", ".join(dict.fromkeys(str(TOPICS[Topic(each.topic)]) for each in items))

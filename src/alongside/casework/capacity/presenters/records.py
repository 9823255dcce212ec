"""Capacity records, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alongside.casework.capacity.models import AdviceNote, BestInterests, CapacityRecord, CapacityView
from alongside.casework.capacity.models.records import next_after
from alongside.casework.capacity.presenters import words
from alongside.casework.capacity.presenters.others import AdvanceShown, advance_shown
from alongside.casework.capacity.queries.pages import RecordPage
from alongside.casework.capacity.rules.assessing import (
    Able,
    Confidence,
    Function,
    Help,
    Pressure,
    Recognises,
    State,
    asks_for_advice,
    holds_on,
    prompts_advocacy,
)
from alongside.casework.capacity.rules.best_interests import (
    Imca,
    Regain,
    Serious,
    may_rest_until,
    why_theirs_to_decide,
)
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.people.queries.disputed import Marks

RECORD = CapacityRecord._meta.label


@dataclass(frozen=True)
class Part:
    """A heading with lines below it: what was asked, and what was said."""

    title: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class RecordLine:
    """A record as a line in a list."""

    id: str
    decision: str
    outcome: Tag
    on: str
    by: str
    check: str
    decided_for: bool = False
    shown: bool = False
    disputed: str = ""


@dataclass(frozen=True)
class RecordShown:
    """A record in words, and what can be done from it."""

    id: str
    person_id: str
    known_as: str
    decision: str
    outcome: Tag
    source: str
    check: str
    warning: str
    disputed: str
    parts: list[Part]
    views: list[tuple[str, str, str]]
    """Who, and whether they agree; why; and who wrote it down."""
    advice: list[tuple[str, str, str]]
    asks_for_advice: bool
    advice_waits: str
    best_interests: list[Part]
    chain: list[RecordLine]
    binding: list[AdvanceShown]
    is_latest: bool
    latest_id: str
    theirs_to_decide: str
    """Why nobody may decide for the person on the basis of this record today; empty if they may."""
    decided_until: str
    """If nobody may today: the last day on which a decision could rest on it, to be written down late."""
    prompts_advocacy: bool


def outcome_of(record: CapacityRecord) -> Tag:
    """Return what a record concludes, in short."""
    state = State(record.outcome)
    return Tag(str(words.IN_SHORT[state]), words.STATE[state][1])


def check_in_words(next_check: date | None, day: date) -> str:
    """Return when somebody must look again, or should have; empty if nobody has to."""
    if next_check is None:
        return ""
    told = {"day": day_in_words(next_check)}
    if holds_on(next_check, day):
        return _("Look again by %(day)s") % told
    return _("Was due to be looked at again by %(day)s") % told


def record_line(
    record: CapacityRecord,
    day: date,
    *,
    decided_for: bool = False,
    shown: bool = False,
    disputed: Marks | None = None,
) -> RecordLine:
    """Return a record as a line in a list."""
    return RecordLine(
        id=str(record.id),
        decision=record.decision,
        outcome=outcome_of(record),
        on=day_in_words(record.assessed_on),
        by=_by(record.assessed_by, record.role, record.organisation.name),
        check=check_in_words(record.next_check, day),
        decided_for=decided_for,
        shown=shown,
        disputed=(disputed or {}).get((RECORD, str(record.id)), ""),
    )


def found_in_a_line(record: CapacityRecord, day: date) -> str:
    """Return what somebody else found, by whom and when."""
    line = record_line(record, day)
    return f"{line.outcome.words}. {line.by}, {line.on}."


def record_shown(page: RecordPage, day: date) -> RecordShown:
    """Return a record in words, as of a day."""
    record = page.record
    state, in_force = State(record.outcome), holds_on(record.next_check, day)
    is_latest = page.latest == record
    theirs = why_theirs_to_decide(lacks=state is State.LACKS, is_latest=is_latest, in_force=in_force)
    pressed = asks_for_advice(Pressure(record.pressure))
    return RecordShown(
        id=str(record.id),
        person_id=str(page.person.id),
        known_as=page.person.known_as,
        decision=record.decision,
        outcome=outcome_of(record),
        source=_("Looked at on %(day)s by %(who)s")
        % {
            "who": _by(record.assessed_by, record.role, record.organisation.name),
            "day": day_in_words(record.assessed_on),
        },
        check=check_in_words(record.next_check, day),
        warning=_warning(is_latest=is_latest, in_force=in_force),
        disputed=page.disputed.get((RECORD, str(record.id)), ""),
        parts=_parts(record),
        views=[_view(each) for each in page.views],
        advice=[_advice(each) for each in page.advice],
        asks_for_advice=pressed,
        advice_waits=_advice_waits(record, page.advice) if pressed else "",
        best_interests=[best_interests_shown(each) for each in page.best_interests],
        chain=[record_line(each, day, shown=each == record, disputed=page.disputed) for each in page.chain],
        binding=[advance_shown(each) for each in page.binding],
        is_latest=is_latest,
        latest_id=str(page.latest.id),
        theirs_to_decide=theirs,
        decided_until=_decided_until(page) if theirs and state is State.LACKS else "",
        prompts_advocacy=prompts_advocacy(state) and is_latest and not page.advocacy_asked,
    )


def best_interests_shown(made: BestInterests) -> Part:
    """Return a decision made for a person, in words."""
    consulted = made.consulted or _("There was nobody to ask except people who are paid.")
    can_wait = _("It can wait.") if made.can_wait else _("It cannot wait.")
    return Part(
        _("Decided on %(day)s") % {"day": day_in_words(made.decided_on)},
        [
            (_("What was decided"), made.decision),
            (_("Why that is in their best interests"), made.why),
            (_("What they wished and felt before"), made.past_wishes),
            (_("What they say or show now"), made.present_wishes),
            (_("Beliefs and values"), made.beliefs),
            (_("Who was asked, and what they said"), consulted),
            (
                _("Are they likely to become able to decide this?"),
                _joined(words.REGAIN[Regain(made.regain)], f"{can_wait} {made.regain_words}"),
            ),
            (_("What the options were"), made.options),
            (_("The less restrictive option"), made.less_restrictive),
            (_("Serious treatment or a long move?"), str(words.SERIOUS[Serious(made.serious)])),
            (
                _("Independent mental capacity advocate"),
                _joined(words.IMCA[Imca(made.imca)], made.imca_words),
            ),
            (_("Who decided"), made.decided_by),
            (_("Written down by"), f"{made.written_down_by}, {made.organisation.name}"),
        ],
    )


def _parts(record: CapacityRecord) -> list[Part]:
    parts = [
        Part(
            _("The decision"),
            [
                (_("Why now"), record.why_now),
                (_("What they need to know to decide it"), record.information),
                (_("Who worded the decision this way"), record.chosen_by),
            ],
        ),
        Part(
            _("Help to decide"),
            [
                (_("Help that was given"), "\n".join(str(words.HELP[Help(each)]) for each in record.help)),
                (_("How it went"), record.help_words),
            ],
        ),
        Part(
            _("What they could do, with that help"),
            [
                (
                    str(words.FUNCTION[each]),
                    _joined(words.ABLE[Able(getattr(record, each))], getattr(record, f"{each}_seen")),
                )
                for each in Function
            ],
        ),
        Part(
            _("What causes it"),
            [
                (_("Impairment or disturbance of the mind or brain"), record.impairment),
                (_("How it causes what they could not do"), record.because),
            ],
        ),
        Part(_("Saying and doing"), _saying_and_doing(record)),
        Part(
            _("If it comes and goes"),
            [
                (_("How it comes and goes"), record.pattern),
                (_("The best time"), record.best_time),
                (_("The best place"), record.best_place),
                (_("The best people to have with them"), record.best_with),
                (_("What to do when it is not a good time"), record.when_not),
            ],
        ),
        Part(
            _("Pressure from others"),
            [
                (
                    _("Does another person stand in the way?"),
                    _joined(words.PRESSURE[Pressure(record.pressure)], record.pressure_words),
                ),
                (_("Who is being asked for legal advice"), record.advice_from),
            ],
        ),
        Part(
            _("What was found"),
            [
                (_("For this decision"), str(words.STATE[State(record.outcome)][0])),
                (_("Why"), record.reasons),
                (_("How sure"), str(words.CONFIDENCE[Confidence(record.confidence)])),
            ],
        ),
    ]
    told = (Part(each.title, [line for line in each.lines if line[1]]) for each in parts)
    return [each for each in told if each.lines]


def _saying_and_doing(record: CapacityRecord) -> list[tuple[str, str]]:
    said = [
        (_("What they say they will do"), record.says),
        (_("What happens then"), record.does),
        (_("The gap between the two"), record.gap),
        (_("What others have seen"), record.others_saw),
    ]
    recognises = Recognises(record.recognises)
    if any(told for _asked, told in said) or recognises is not Recognises.NOT_ASKED:
        said.append((_("Do they see the gap themself?"), str(words.RECOGNISES[recognises])))
    return said


def _decided_until(page: RecordPage) -> str:
    newer = next_after(page.record, page.chain)
    until = may_rest_until(
        next_check=page.record.next_check, looked_again_on=newer.assessed_on if newer else None
    )
    return day_in_words(until) if until and until >= page.record.assessed_on else ""


def _warning(*, is_latest: bool, in_force: bool) -> str:
    if not is_latest:
        return _("There is a newer record of this decision. Go by that one.")
    if not in_force:
        return _("The day to look again has passed. Do not go by this any more: look again first.")
    return ""


def _view(view: CapacityView) -> tuple[str, str, str]:
    stance = CapacityView.Stance(view.stance).label
    written = f"{view.written_down_by}, {view.organisation.name}, {day_in_words(view.recorded_at)}"
    return f"{view.name}, {view.agency}: {stance}", view.why, written


def _advice(note: AdviceNote) -> tuple[str, str, str]:
    what = AdviceNote.What(note.what).label
    written = f"{note.written_down_by}, {note.organisation.name}"
    return f"{day_in_words(note.on)}: {what} ({note.of_whom})", note.words, written


def _advice_waits(record: CapacityRecord, notes: Iterable[AdviceNote]) -> str:
    noted: set[Any] = {each.what for each in notes}
    if AdviceNote.What.ANSWERED in noted:
        return ""
    told = {"whom": record.advice_from}
    if AdviceNote.What.ASKED in noted:
        return _("Legal advice has been asked for, and has not come yet.")
    return _("Legal advice is needed, and nobody has noted asking for it. Who to ask: %(whom)s.") % told


def _by(name: str, role: str, organisation: str) -> str:
    return f"{name}, {role}, {organisation}"


def _joined(first: object, then: str) -> str:
    return "\n".join(filter(None, [str(first), then.strip()]))

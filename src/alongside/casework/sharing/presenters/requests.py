"""Requests for information in finished words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.sharing.models import Agreement, InformationRequest, RequestChaser
from alongside.casework.sharing.queries.requests import RequestPage
from alongside.casework.sharing.rules.requests import (
    POWERS,
    Power,
    Refusal,
    State,
    Step,
    Tally,
    Urgency,
    outside_section_7,
    silent_for,
)

URGENCIES: Mapping[Urgency, Promise] = {
    Urgency.URGENT: gettext_lazy("It is urgent: within 1 working day"),
    Urgency.ORDINARY: gettext_lazy("In the usual time: within 10 working days"),
}
REFUSALS: Mapping[Refusal, Promise] = {
    Refusal.INCOMPATIBLE: gettext_lazy("It would be incompatible with our own duties"),
    Refusal.HARMFUL: gettext_lazy("It would have an adverse effect on the exercise of our functions"),
    Refusal.NOT_HELD: gettext_lazy("It is not ours to give: another agency holds it, and we say which"),
    Refusal.NOT_LAWFUL: gettext_lazy("We have no lawful basis to share it"),
    Refusal.OTHER: gettext_lazy("Another reason"),
    Refusal.CANNOT_SAY: gettext_lazy("We cannot say more; talk to us"),
}
STATES: Mapping[State, tuple[Promise, str]] = {
    State.ASKED: (gettext_lazy("Waiting for an answer"), "blue"),
    State.CHASED: (gettext_lazy("Chased"), "yellow"),
    State.ANSWERED: (gettext_lazy("Answered"), "green"),
    State.NOTHING_HELD: (gettext_lazy("Nothing is held"), "green"),
    State.REFUSED: (gettext_lazy("Refused, with reasons"), "red"),
    State.WITHDRAWN: (gettext_lazy("Withdrawn"), "grey"),
}
CHASED: Mapping[Step, Promise] = {
    Step.BY_HAND: gettext_lazy("%(who)s reminded %(asked)s."),
    Step.DUE: gettext_lazy("Alongside reminded %(asker)s that the answer was due."),
    Step.MANAGERS: gettext_lazy("Alongside reminded the managers of %(asked)s."),
    Step.BOTH: gettext_lazy("Alongside reminded the managers of %(asked)s and of %(asker)s."),
}
BAR = 120
"""Width of a full bar."""


@dataclass(frozen=True)
class RequestLine:
    """A request in a list."""

    id: str
    who: str
    organisation: str
    state: Tag
    due: str
    standing: str


def request_line(request: InformationRequest, *, ours: bool, day: date) -> RequestLine:
    """Return a request as a line in the list of those from us, if it is ours, or those to us."""
    late = (_("Late"), "orange")
    words, colour = late if request.late_on(day) else STATES[State(request.state)]
    return RequestLine(
        id=str(request.id),
        who=request.who,
        organisation=request.asked_of.name if ours else request.asked_by.name,
        state=Tag(str(words), colour),
        due=day_in_words(request.due),
        standing=standing(request, ours=ours, day=day),
    )


def standing(request: InformationRequest, *, ours: bool, day: date) -> str:
    """Return what happens next with a request, for the asker or the agency asked."""
    if not request.is_open:
        return _("%(name)s, %(day)s") % {
            "name": request.ended_by_name,
            "day": day_in_words(request.ended_at or request.asked_at),
        }
    if late := silence(request, day):
        return late
    by = {"day": day_in_words(request.due)}
    return _("They have until %(day)s.") % by if ours else _("Answer by %(day)s.") % by


def silence(request: InformationRequest, day: date) -> str:
    """Say how long a late request has gone without an answer; empty if it is not late."""
    return silence_since(request.due, day) if request.late_on(day) else ""


def silence_since(due: date, day: date) -> str:
    """Say how long what was due on a day has gone without an answer; empty until that day is over."""
    days = silent_for(due, day).days
    if days == 0:
        return ""
    return ngettext(
        "No answer and no written reasons for %(days)s day.",
        "No answer and no written reasons for %(days)s days.",
        days,
    ) % {"days": days}


@dataclass(frozen=True)
class RequestShown:
    """A request on its own page.

    Attributes:
        ours: whether the reader's organisation asked; otherwise it was asked.
        late: how long there has been no answer.
        ended: who ended it and when; ``reason`` and ``words`` go with it.
        outside: what to tell the asker about a refusal for which section 7 does not provide.
        chasers: who was reminded, each with when.
        agreements: what covers it today, as reference and id.
        not_covered: why nothing does.
        letter: its paragraphs.
        told_id: the disclosure by which the reader was answered.
    """

    id: str
    who: str
    ours: bool
    organisation: str
    state: Tag
    due: str
    asked: str
    late: str
    ended: str
    reason: str
    words: str
    outside: str
    chasers: list[str]
    agreements: list[tuple[str, str]]
    not_covered: str
    letter: list[str]
    person_id: str
    told_id: str


def request_shown(page: RequestPage, *, ours: bool, day: date) -> RequestShown:
    """Return a request in words, for the asker or the agency asked."""
    request = page.request
    line = request_line(request, ours=ours, day=day)
    return RequestShown(
        id=line.id,
        who=line.who,
        ours=ours,
        organisation=line.organisation,
        state=line.state,
        due=line.due,
        asked=_("By %(name)s, %(organisation)s, on %(when)s")
        % {
            "name": request.asked_by_name,
            "organisation": request.asked_by.name,
            "when": moment_in_words(request.asked_at),
        },
        late=silence(request, day),
        ended="" if request.is_open else line.standing,
        reason=str(REFUSALS[Refusal(request.refusal)]) if request.refusal else "",
        words=request.ended_words,
        outside=_outside(request) if ours else "",
        chasers=[_chased(each, request) for each in page.chasers],
        agreements=[_agreement(each) for each in page.agreements],
        not_covered=page.why_not_covered,
        letter=paragraphs(request.letter),
        person_id=str(request.person_id) if page.sees_person else "",
        told_id=str(page.told_id or ""),
    )


def paragraphs(letter: str) -> list[str]:
    """Return the paragraphs of a letter."""
    return letter.split("\n\n")


def duty(request: InformationRequest) -> str:
    """Say what the power of a request means for the agency asked; empty if none, or not a listed one."""
    return str(POWERS[Power(request.power)].means) if request.power else ""


def _outside(request: InformationRequest) -> str:
    if not outside_section_7(request.power, request.refusal):
        return ""
    return _(
        "You asked under section 7 of the Care Act. It allows two reasons not to comply: that it would be "
        "incompatible with their own duties, or would have an adverse effect on the exercise of their "
        "functions. They gave neither. Check whether section 7 is your power here. If it is, write to their "
        "manager."
    )


def _chased(chaser: RequestChaser, request: InformationRequest) -> str:
    said = CHASED[Step(chaser.step)] % {
        "who": chaser.by_name,
        "asked": request.asked_of.name,
        "asker": request.asked_by_name,
    }
    return f"{moment_in_words(chaser.at)}: {said}"


def _agreement(agreement: Agreement) -> tuple[str, str]:
    return agreement.reference, str(agreement.id)


@dataclass(frozen=True)
class TallyShown:
    """How an agency answers: numbers in the order of the table's columns, and a bar for what came in time."""

    agency: str
    cells: list[str]
    bar: int
    share: str


def tally_shown(tally: Tally) -> TallyShown:
    """Return a line of the table of how agencies answer."""
    numbers = (tally.asked, tally.in_time, tally.late, tally.refused, tally.silent, tally.waiting)
    settled = tally.asked - tally.waiting
    return TallyShown(
        agency=tally.agency,
        cells=[str(each) for each in numbers],
        bar=round(BAR * tally.in_time / settled) if settled else 0,
        share=_("%(some)s of %(all)s answered in time") % {"some": tally.in_time, "all": settled}
        if settled
        else "",
    )

"""A request for access in finished words: its state, its clock, and what can be done next."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.presenters.months import until_in_words
from alongside.casework.rights.rules.clock import Clock, clock, may_extend
from alongside.casework.rights.rules.states import PUT_TOGETHER, UNDER_WAY, State

STATES = {
    State.RECEIVED: (gettext_lazy("Not yet known who is asking"), "yellow"),
    State.OPEN: (gettext_lazy("Being put together"), "blue"),
    State.READY: (gettext_lazy("To be released by somebody else"), "purple"),
    State.RELEASED: (gettext_lazy("To be handed over"), "turquoise"),
    State.GIVEN: (gettext_lazy("Answered"), "green"),
    State.CLOSED: (gettext_lazy("Closed without a bundle"), "grey"),
}


@dataclass(frozen=True)
class RequestLine:
    """A request in a list: it names nobody.

    Attributes:
        id: of it.
        reference: its reference number.
        received: when it came.
        state: where it stands.
        due: how long there is, in a sentence.
        until: the last day to answer; None while the month has not begun, or stands still.
        late: whether that day has passed without an answer.
    """

    id: UUID
    reference: str
    received: str
    state: Tag
    due: str
    until: date | None
    late: bool


@dataclass(frozen=True)
class RequestShown:
    """The page of a request.

    Attributes:
        id: its id.
        reference: its reference.
        state: its state.
        due: how much time there is, in a sentence.
        warning: that it is late; empty otherwise.
        waits_for: why the reader cannot take the next step; empty where they can.
        rows: what is known about it, line by line.
        steps: URL names of what can be done now.
        given: whom it was given to, one line each.
    """

    id: UUID
    reference: str
    state: Tag
    due: str
    warning: str
    waits_for: str
    rows: list[tuple[str, str]]
    steps: frozenset[str]
    given: list[str]


def request_line(request: AccessRequest, today: date) -> RequestLine:
    """Return a request as a line in a list."""
    time = clock(request.as_asked(), today=today)
    words, colour = STATES[State(request.state)]
    return RequestLine(
        id=request.id,
        reference=request.reference,
        received=day_in_words(request.received_on),
        state=Tag(str(words), colour),
        due=due_in_words(request, time),
        until=time.due,
        late=request.state in UNDER_WAY and time.is_late,
    )


def due_in_words(request: AccessRequest, time: Clock) -> str:
    """Say how much time there is to answer."""
    if request.state not in UNDER_WAY:
        return _("On %(day)s") % {"day": day_in_words(request.state_at)}
    if time.begins is None:
        return _("The month begins when it is known who is asking")
    if time.stands_still_since is not None:
        return _("Paused since %(day)s: the person was asked to make their request clearer") % {
            "day": day_in_words(time.stands_still_since)
        }
    return until_in_words(time.due, time.days_left)


def request_shown(request: AccessRequest, today: date, *, may_say_who_asks: bool) -> RequestShown:
    """Return the page of a request, for whoever handles it.

    Args:
        request: which request.
        today: the day.
        may_say_who_asks: whether the reader may confirm who is asking; not if they noted the request.
    """
    line = request_line(request, today)
    time = clock(request.as_asked(), today=today)
    late = _(
        "This is late. Tell the person, and answer now: they can complain. Do not wait for anything else."
    )
    return RequestShown(
        id=request.id,
        reference=request.reference,
        state=line.state,
        due=line.due,
        warning=late if line.late else "",
        waits_for=""
        if may_say_who_asks or request.state != State.RECEIVED
        else _("You noted this request. Somebody else who answers requests must confirm who is asking."),
        rows=[(key, value) for key, value in _rows(request, time) if value],
        steps=_steps(request, today) - (frozenset() if may_say_who_asks else {"rights:identity"}),
        given=[
            _("%(day)s: to %(to)s. %(how)s. %(form)s. Noted by %(name)s.")
            % {
                "day": day_in_words(each.on),
                "to": each.to,
                "how": each.get_how_display(),
                "form": each.get_form_display(),
                "name": each.by_name,
            }
            for each in request.given.all()
        ],
    )


def _rows(request: AccessRequest, time: Clock) -> list[tuple[str, str]]:
    who = str(AccessRequest.AskedBy(request.asked_by).label)
    if request.asked_by_name:
        who = f"{who}: {request.asked_by_name}. {request.authority}"
    identity = ""
    if request.identity_known_on:
        identity = _("%(how)s (%(day)s, %(name)s)") % {
            "how": request.identity_how,
            "day": day_in_words(request.identity_known_on),
            "name": request.identity_by,
        }
    elif request.identity_asked_on:
        identity = _("Proof was asked for on %(day)s") % {"day": day_in_words(request.identity_asked_on)}
    asked = [
        _("%(day)s: %(asked)s") % {"day": day_in_words(each.asked_on), "asked": each.asked}
        + (f" {day_in_words(each.answered_on)}: {each.answer}" if each.answered_on else "")
        for each in request.clarifications.all()
    ]
    longer = ""
    if request.extended_on:
        longer = _("Told on %(day)s: %(why)s") % {
            "day": day_in_words(request.extended_on),
            "why": request.extended_why,
        }
    return [
        (_("Who is asking"), who),
        (_("Received"), day_in_words(request.received_on)),
        (_("How it reached us"), str(AccessRequest.How(request.how).label)),
        (_("What they want"), request.wanted or _("Everything")),
        (_("Taken by"), f"{request.taken_by}, {request.taken_organisation.name}"),
        (_("How we know who is asking"), identity),
        (_("Counted from"), day_in_words(time.begins) if time.begins else ""),
        (_("Asked to make it clearer"), "\n".join(asked)),
        (_("Extended"), longer),
        (_("Covers what was held on"), moment_in_words(request.held_until) if request.held_until else ""),
        (_("Released by"), request.released_by_name),
        (_("Closed because"), request.closed_why),
    ]


def _steps(request: AccessRequest, today: date) -> frozenset[str]:
    """What can be done now, as URL names."""
    state = State(request.state)
    steps: set[str] = set()
    if state not in UNDER_WAY:
        return frozenset()
    steps.add("rights:close")
    if state is State.RECEIVED:
        steps |= {"rights:identity"} | (
            {"rights:ask_identity"} if request.identity_asked_on is None else set()
        )
    waiting = any(each.answered_on is None for each in request.clarifications.all())
    steps.add("rights:clarified" if waiting else "rights:clarify")
    if may_extend(request.as_asked(), on=today):
        steps.add("rights:extend")
    if state in PUT_TOGETHER:
        steps |= {"rights:desk", "rights:read"}
    if state is State.READY:
        steps |= {"rights:release", "rights:back"}
    if state is State.RELEASED:
        steps |= {"rights:given", "rights:back"}
    return frozenset(steps)

"""Requests for access: taken, identity confirmed, clarified, extended or closed."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.queries import get_person
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import AccessRequest, Clarification
from alongside.casework.rights.queries.desk import handled_request
from alongside.casework.rights.queries.keeping import locked_records
from alongside.casework.rights.queries.noting import note_of_request
from alongside.casework.rights.rules.clock import may_extend
from alongside.casework.rights.rules.states import UNDER_WAY, State, may_move


class WrongRequestError(CaseworkError):
    """A request, or a step of one, that is not valid; the sentence says why."""


@command
def take_request(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    asked_by: str,
    received_on: date,
    how: str,
    asked_by_name: str = "",
    authority: str = "",
    wanted: str = "",
) -> AccessRequest:
    """Note that a person asks for what is held about them, for whoever answers such requests.

    A person may ask any member of staff, in any words (UK GDPR Article 15; no form is needed). Members who
    work with people take requests of those they can see; members who answer requests, anybody's.

    Raises:
        NotAllowedError: the actor neither works with people nor answers requests.
        NotFoundError: there is no such person, or the actor may not see them.
        WrongRequestError: the day is in the future, or somebody asks on their behalf and is not named.
    """
    handles = permissions.may_handle(actor)
    require(handles if handles.allowed else permissions.may_take_for_known(actor))
    _not_to_come(received_on, at)
    if asked_by == AccessRequest.AskedBy.FOR_THEM and not (asked_by_name.strip() and authority.strip()):
        raise WrongRequestError(
            _(
                "Enter who is asking on their behalf, and what you have seen that allows them to. Otherwise "
                "only the person can ask."
            )
        )
    known = None if handles.allowed else get_person(actor=actor, person_id=person_id)
    with beyond_reach(actor):
        key = known.id if known else person_id
        person = locked_records([key]).get(key)
        if person is None or person.merged_into_id is not None:
            raise NotFoundError(_("There is no such person."))
        for_them = asked_by == AccessRequest.AskedBy.FOR_THEM
        made = AccessRequest.take(
            person_id=person.id,
            asked_by=asked_by,
            asked_by_name=asked_by_name if for_them else "",
            authority=authority if for_them else "",
            received_on=received_on,
            how=how,
            wanted=wanted,
            taker=actor.account,
            by=actor.name,
            organisation_id=actor.member_of,
            at=at,
        )
    note_of_request(events.REQUEST_TAKEN, actor, made)
    return made


@command
def ask_identity(*, actor: Actor, at: datetime, request_id: UUID, on: date) -> None:
    """Note that proof of who is asking was requested; the month begins when it arrives (Article 12A(2)).

    Raises:
        AlreadyDoneError: it was already asked for, or it is known who is asking.
        WrongRequestError: the day is in the future, or before the request.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        if request.state != State.RECEIVED or request.identity_asked_on is not None:
            raise AlreadyDoneError(_("Proof was already asked for, or it is known who is asking."))
        _between(request.received_on, on, at)
        request.ask_identity(on=on)
    note_of_request(events.IDENTITY_ASKED, actor, request)


@command
def check_identity(*, actor: Actor, at: datetime, request_id: UUID, on: date, how: str) -> None:
    """Note how it is known who is asking. Nothing is put together before that.

    This must be somebody other than whoever noted the request, so that nobody can open everything held about
    a person on their own.

    Raises:
        NotAllowedError: the actor noted the request.
        AlreadyDoneError: it is already known, or the request is over.
        WrongRequestError: the day is in the future, or before the request or before proof was asked for; or
            it is not said how.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        require(permissions.may_say_who_asks(actor, request.taker))
        _may_move(request, State.OPEN, from_state=State.RECEIVED)
        _between(request.identity_asked_on or request.received_on, on, at)
        if not how.strip():
            raise WrongRequestError(_("Enter how you know who is asking."))
        request.know_identity(on=on, how=how, by=actor.name, at=at)
    note_of_request(events.IDENTITY_CHECKED, actor, request)


@command
def ask_what_is_meant(*, actor: Actor, at: datetime, request_id: UUID, on: date, asked: str) -> None:
    """Note what the person was asked about their request; the clock is paused (Article 12A(6)).

    Only where an answer is really needed: the search must be reasonable and proportionate, and can start.

    Raises:
        AlreadyDoneError: a question is already open, or the request is over.
        WrongRequestError: the day is in the future, or before the request.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        _under_way(request)
        if request.clarifications.filter(answered_on=None).exists():
            raise AlreadyDoneError(_("A question is already open. Wait for the answer."))
        _between(request.received_on, on, at)
        Clarification.ask(request=request, asked=asked, on=on, by=actor.name)
    note_of_request(events.CLARIFICATION_ASKED, actor, request)


@command
def note_what_is_meant(*, actor: Actor, at: datetime, request_id: UUID, on: date, answer: str) -> None:
    """Note what the person answered; the clock runs again.

    Raises:
        AlreadyDoneError: no question is open.
        WrongRequestError: the day is in the future, or before the question.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        question = request.clarifications.filter(answered_on=None).first()
        if question is None:
            raise AlreadyDoneError(_("There is no open question to the person."))
        _between(question.asked_on, on, at)
        question.take(answer=answer, on=on)
    note_of_request(events.CLARIFICATION_CAME, actor, request)


@command
def extend_time(*, actor: Actor, at: datetime, request_id: UUID, on: date, why: str) -> None:
    """Note that the person was told that it will take up to two months more, and why (Article 12A(4), (5)).

    Raises:
        AlreadyDoneError: they have already been told, or the request is over.
        WrongRequestError: the first month was over by then, the day is in the future, or no reason is given.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        _under_way(request)
        if request.extended_on is not None:
            raise AlreadyDoneError(_("The time has already been extended. It can be extended only once."))
        _between(request.received_on, on, at)
        if not may_extend(request.as_asked(), on=on):
            raise WrongRequestError(
                _("It can be extended only once the first month has begun, and before it ends. Answer now.")
            )
        if not why.strip():
            raise WrongRequestError(_("Enter why it will take longer: the person is told."))
        request.extend(on=on, why=why)
    note_of_request(events.EXTENDED, actor, request)


@command
def close_request(*, actor: Actor, at: datetime, request_id: UUID, why: str) -> None:
    """Close a request without a bundle: it was withdrawn, or refused and the person was told why.

    Raises:
        AlreadyDoneError: it is over.
        WrongRequestError: no reason is given.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        _under_way(request)
        if not why.strip():
            raise WrongRequestError(_("Enter the reason the person was given."))
        request.close(why=why, by=actor.name, at=at)
    note_of_request(events.CLOSED, actor, request)


def _may_move(request: AccessRequest, to: State, *, from_state: State) -> None:
    if request.state != from_state or not may_move(request.state, to):
        raise AlreadyDoneError(_("Somebody has already done this, or the request is over."))


def _under_way(request: AccessRequest) -> None:
    if request.state not in UNDER_WAY:
        raise AlreadyDoneError(_("This request is over."))


def _not_to_come(day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise WrongRequestError(_("This day is in the future: choose today or an earlier day."))


def _between(first: date, day: date, at: datetime) -> None:
    _not_to_come(day, at)
    if day < first:
        raise WrongRequestError(_("This day is before the step it follows: check both."))

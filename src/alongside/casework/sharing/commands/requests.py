"""Asking another agency for information; answering that nothing is held, or refusing; chasing."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError
from alongside.casework.notices.commands import tell_named, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.people.models import Person
from alongside.casework.people.queries import lock_person
from alongside.casework.people.queries.telling import (
    AnsweredAgainstTheirWishError,
    must_be_free_to_answer,
    must_be_free_to_tell,
    not_to_be_told,
)
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import InformationRequest
from alongside.casework.sharing.queries.requests import (
    lock_request,
    must_be_open,
    organisation_asked,
    put_together,
    request_to_answer,
    still_open,
)
from alongside.casework.sharing.rules.requests import OPEN, Refusal, Step, Wish, lacks, step_reached


class AskedOfOneselfError(CaseworkError):
    """A request goes to another organisation."""


class WrongRequestError(CaseworkError):
    """The request says too little, or names a power it cannot use: the message says what is missing."""


class AskedAlreadyError(AlreadyDoneError):
    """They were already asked for the same thing, and have not answered."""


class NoWrittenReasonsError(CaseworkError):
    """A refusal, or a withdrawal, gives no reason."""


class NotLateError(CaseworkError):
    """The day by which an answer was asked for has not passed."""


class ChasedTodayError(AlreadyDoneError):
    """They have already been reminded today."""


class NobodyToChaseError(CaseworkError):
    """No request is due for a reminder."""


@command
def ask_for_information(
    *, actor: Actor, at: datetime, person_id: UUID, asked_of_id: UUID, wish: Wish
) -> InformationRequest:
    """Ask another agency for information about a person. It then sees the letter, but not the record.

    Raises:
        NotFoundError: there is no such person or organisation, or the person is not the actor's to see.
        AskedOfOneselfError: the organisation is the actor's own.
        ToldAgainstTheirWishError: the person asked for it not to be told about them.
        WrongRequestError: something is missing, or the power is not open between the two.
        AskedAlreadyError: they were asked for exactly this and have not answered yet.
    """
    require(permissions.may_ask_for_information(actor))
    person = lock_person(actor=actor, person_id=person_id)
    asked_of = organisation_asked(asked_of_id)
    if asked_of.id == actor.member_of:
        raise AskedOfOneselfError(_("Ask another organisation: you can look up what your own holds."))
    must_be_free_to_tell(actor=actor, person_id=person.id, organisation_id=asked_of.id, at=at)
    it, _why_not_covered = put_together(
        actor=actor, person=person, asked_of=asked_of, wish=wish, day=timezone.localdate(at)
    )
    if wrong := lacks(it):
        raise WrongRequestError(f"{next(iter(wrong.values()))}.")
    waiting = InformationRequest.objects.filter(
        person__in=Person.objects.records_of(person.id),
        asked_by_id=actor.member_of,
        asked_of=asked_of,
        state__in=OPEN,
    ).prefetch_related("items")
    wanted = [each.what for each in wish.items]
    if any([item.what for item in each.items.all()] == wanted for each in waiting):
        raise AskedAlreadyError(
            _("%(organisation)s was asked for exactly this and has not answered yet. Phone them.")
            % {"organisation": asked_of.name}
        )
    made = InformationRequest.ask(
        it=it, person=person, asked_by_id=actor.member_of, asked_of=asked_of, purpose=actor.purpose, at=at
    )
    tell_those_who_may(Permission.REQUEST_ANSWER, organisation_id=asked_of.id, actor=actor, at=at)
    record(
        events.REQUEST_MADE,
        actor=actor,
        person_id=person.id,
        about=("request", made.id),
        organisation=asked_of.name,
    )
    return made


@command
def say_nothing_is_held(
    *, actor: Actor, at: datetime, request_id: UUID, words: str = ""
) -> InformationRequest:
    """Answer that none of what was asked for is held.

    Raises:
        AnsweredAgainstTheirWishError: words would go to the asker, and the person asked for them to be told
            nothing.
        NotFoundError: there is no such request from or to the actor's organisation.
        NotAllowedError: it came from the actor's own organisation, and is for another to answer.
        RequestEndedError: it has been answered, refused or withdrawn.
    """
    request = request_to_answer(actor=actor, request_id=request_id)
    if words.strip():
        instead = _("Leave the words empty, or refuse with “We cannot say more; talk to us”.")
        _must_be_free_to_answer(request, instead, actor=actor, at=at)
    request.hold_nothing(words=words.strip(), by=actor.name, at=at)
    tell_named(request.asked_by_name, request.asked_by_id, actor=actor, at=at)
    record(
        events.REQUEST_NOTHING_HELD, actor=actor, person_id=request.person_id, about=("request", request.id)
    )
    return request


@command
def refuse_request(
    *, actor: Actor, at: datetime, request_id: UUID, refusal: Refusal, words: str
) -> InformationRequest:
    """Refuse a request, and give the reasons in writing (Care Act 2014, section 7(3)).

    “We cannot say more” needs no reasons: none of the actor's words are sent with it.

    Raises:
        AnsweredAgainstTheirWishError: reasons would go to the asker, and the person asked for them to be
            told nothing.
        NotFoundError: there is no such request from or to the actor's organisation.
        NotAllowedError: it came from the actor's own organisation, and is for another to answer.
        RequestEndedError: it has been answered, refused or withdrawn.
        NoWrittenReasonsError: the reasons are missing.
    """
    request = request_to_answer(actor=actor, request_id=request_id)
    if refusal is Refusal.CANNOT_SAY:
        words = _("We cannot say more. Talk to us.")
    elif not words.strip():
        raise NoWrittenReasonsError(_("Give your reasons in writing: whoever asked will read them."))
    else:
        instead = _("Answer “We cannot say more; talk to us”, or decide about sharing first.")
        _must_be_free_to_answer(request, instead, actor=actor, at=at)
    request.refuse(refusal, words=words.strip(), by=actor.name, at=at)
    tell_named(request.asked_by_name, request.asked_by_id, actor=actor, at=at)
    record(
        events.REQUEST_REFUSED,
        actor=actor,
        person_id=request.person_id,
        about=("request", request.id),
        refusal=refusal.value,
    )
    return request


@command
def withdraw_request(*, actor: Actor, at: datetime, request_id: UUID, words: str) -> InformationRequest:
    """Withdraw a request and say why, or say nothing if they must not be told about the person.

    Raises:
        AnsweredAgainstTheirWishError: words would go to whoever was asked, and the person has since asked
            for them to be told nothing.
        NotFoundError: there is no such request from or to the actor's organisation.
        NotAllowedError: another organisation asked.
        RequestEndedError: it has been answered, refused or withdrawn.
        NoWrittenReasonsError: it gives no reason although it may.
    """
    request = _to_follow_up(actor, request_id)
    other = request.asked_of
    silent = not_to_be_told(actor=actor, person_id=request.person_id, organisations=[other.id], at=at)
    if words.strip() and silent:
        why = _("The person asked for %(organisation)s not to be told about them. Leave the words empty.")
        raise AnsweredAgainstTheirWishError(why % {"organisation": other.name})
    if not words.strip() and not silent:
        raise NoWrittenReasonsError(_("Say why you no longer need it: whoever was asked will read it."))
    request.withdraw(words=words.strip(), by=actor.name, at=at)
    record(events.REQUEST_WITHDRAWN, actor=actor, person_id=request.person_id, about=("request", request.id))
    return request


@command
def chase_request(*, actor: Actor, at: datetime, request_id: UUID) -> InformationRequest:
    """Remind an agency that it was asked and has not answered.

    Raises:
        NotFoundError: there is no such request from or to the actor's organisation.
        NotAllowedError: another organisation asked.
        RequestEndedError: it has been answered, refused or withdrawn.
        NotLateError: they still have time.
        ChasedTodayError: somebody has already reminded them today.
    """
    request = _to_follow_up(actor, request_id)
    day = timezone.localdate(at)
    if not request.late_on(day):
        raise NotLateError(_("They still have time to answer. Phone them if it cannot wait."))
    by_hand = request.chasers.filter(step=Step.BY_HAND)
    today = [each for each in by_hand if timezone.localdate(each.at) == day]
    if today:
        raise ChasedTodayError(
            _("%(who)s has already reminded them today. Phone them.") % {"who": today[0].by_name}
        )
    _chase(request, Step.BY_HAND, actor=actor, at=at)
    return request


@command
def chase_silent_agencies(*, actor: Actor, at: datetime) -> int:
    """Take the next reminder step for every open request that has reached one, and return how many did.

    The notices say that something is waiting, but not what it is or who it is about.

    Raises:
        NotAllowedError: the actor is not the nightly job.
        NobodyToChaseError: none has reached one.
    """
    day, taken = timezone.localdate(at), 0
    for request in still_open(due_by=day):
        require(permissions.may_follow_up_request(actor, request))
        steps = [Step(each.step) for each in request.chasers.all()]
        if step := step_reached(request.due, day, taken=steps):
            _chase(request, step, actor=actor, at=at)
            taken += 1
    if not taken:
        raise NobodyToChaseError(_("No request for information is late."))
    return taken


def _chase(request: InformationRequest, step: Step, *, actor: Actor, at: datetime) -> None:
    request.chase(step, by=actor.name, at=at)
    told = []
    if step is Step.DUE:
        tell_named(request.asked_by_name, request.asked_by_id, actor=actor, at=at)
        told = [request.asked_by.name]
    if step is not Step.DUE:
        tell_those_who_may(Permission.REQUEST_ANSWER, organisation_id=request.asked_of_id, actor=actor, at=at)
        told = [request.asked_of.name]
    if step is Step.BOTH:
        tell_those_who_may(Permission.REQUEST_MAKE, organisation_id=request.asked_by_id, actor=actor, at=at)
        told.append(request.asked_by.name)
    record(
        events.REQUEST_CHASED,
        actor=actor,
        person_id=request.person_id,
        about=("request", request.id),
        organisation=", ".join(told),
    )


def _must_be_free_to_answer(request: InformationRequest, instead: str, *, actor: Actor, at: datetime) -> None:
    must_be_free_to_answer(
        actor=actor,
        asker_id=request.asked_by_id,
        asker=request.asked_by.name,
        person_id=request.person_id,
        at=at,
        instead=instead,
    )


def _to_follow_up(actor: Actor, request_id: UUID) -> InformationRequest:
    request = lock_request(actor=actor, request_id=request_id)
    require(permissions.may_follow_up_request(actor, request))
    return must_be_open(request)

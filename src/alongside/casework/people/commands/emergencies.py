"""A record opened in an emergency: opened, closed, and reviewed by somebody else."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError, require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import User
from alongside.casework.audit.recorder import record
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import events, permissions
from alongside.casework.people.models import EmergencyAccess, EmergencyMiss, Person
from alongside.casework.people.queries import get_person
from alongside.casework.people.queries.whole import people_named
from alongside.casework.people.rules import (
    JUSTIFIED,
    MISSES_COUNT_FOR,
    NOT_JUSTIFIED,
    UNCLEAR,
)

SHORTEST_REASON = 20
"""Fewest characters of a reason for an emergency access: "urgent" is not a reason."""
VERDICTS = (JUSTIFIED, NOT_JUSTIFIED, UNCLEAR)


class ReasonTooShortError(CaseworkError):
    """An emergency needs a reason that somebody else can understand."""


class NobodyNamedError(NotFoundError):
    """Nobody has this name, or more than one person does: both get the same answer."""


class SeenAlreadyError(AlreadyDoneError):
    """The actor can see the record already, with or without an emergency; ``person_id`` says whose."""

    def __init__(self, sentence: str, person_id: UUID) -> None:
        super().__init__(sentence)
        self.person_id = person_id


class ReviewedAlreadyError(AlreadyDoneError):
    """This emergency access has already been reviewed."""


def open_in_emergency(
    *,
    actor: Actor,
    at: datetime,
    surname: str,
    reason: str,
    date_of_birth: date | None = None,
    nhs_number: str = "",
    postcode: str = "",
) -> EmergencyAccess:
    """Open the record of somebody outside the actor's reach, for a day, to keep them or others safe.

    The person must be named exactly, by surname and one other detail. A try that finds nobody is recorded
    too, and after a few of those within an hour no more are allowed. The access is recorded, shown on every
    page while it lasts, told to the agencies that work with the person, and reviewed by the information
    governance lead. The actor's next request sees the person.

    Raises:
        ReasonTooShortError: the reason is too short for anybody to understand.
        NobodyNamedError: nobody has that surname and that number, date of birth or postcode, or more than
            one person does.
        NotAllowedError: too many tries found nobody, or the actor's role does not allow emergencies.
        SeenAlreadyError: the actor can see the person already.
    """
    more = {"date_of_birth": date_of_birth, "nhs_number": nhs_number, "postcode": postcode}
    try:
        return _open(actor=actor, at=at, surname=surname, more=more, reason=reason.strip())
    except NobodyNamedError:
        _note_miss(actor=actor, at=at)  # a command of its own, because the one that failed was rolled back
        raise


@command
def _open(*, actor: Actor, at: datetime, surname: str, more: dict[str, Any], reason: str) -> EmergencyAccess:
    require(permissions.may_open_in_emergency(actor))
    missed = EmergencyMiss.objects.filter(user_id=actor.account, at__gt=at - MISSES_COUNT_FOR).count()
    require(permissions.may_try_again(missed))
    if len(reason) < SHORTEST_REASON:
        raise ReasonTooShortError(
            _(
                "Say in a sentence what the emergency is: somebody else will read it and must be "
                "able to understand it."
            )
        )
    with beyond_reach(actor):
        person = _named(surname, **more)
    if _opens_already(actor, person.id):
        raise SeenAlreadyError(_("You can already see this person's record: here it is."), person.id)
    access = EmergencyAccess.begin(
        person=person,
        user_id=actor.account,
        user_name=actor.name,
        organisation_id=actor.member_of,
        reason=reason,
        purpose=actor.purpose,
        at=at,
    )
    tell_those_who_may(Permission.BREAK_GLASS_REVIEW, actor=actor, at=at)
    record(
        events.EMERGENCY_OPENED,
        actor=actor,
        person_id=person.id,
        about=("emergency_access", access.id),
        reason=reason,
    )
    return access


def _opens_already(actor: Actor, person_id: UUID) -> bool:
    """Whether the record opens for the actor's purpose without another emergency."""
    try:
        get_person(actor=actor, person_id=person_id)
    except (NotFoundError, NotAllowedError):
        return False
    return True


@command
def _note_miss(*, actor: Actor, at: datetime) -> None:
    require(permissions.may_open_in_emergency(actor))
    EmergencyMiss.note(user_id=actor.account, at=at)
    record(events.EMERGENCY_MISSED, actor=actor)


def _named(surname: str, **more: Any) -> Person:
    """The one person with this surname who matches everything else that was given."""
    meant = people_named(surname, **more)
    if len(meant) != 1:
        raise NobodyNamedError(
            _(
                "Nobody has exactly that surname and the other details you entered, or more than one person "
                "has. Check the spelling, or enter something else that you know about them."
            )
        )
    return meant[0].head


@command
def close_emergency(*, actor: Actor, at: datetime, access_id: UUID) -> None:
    """Close what the actor opened in an emergency before the day is over. It is still reviewed.

    Raises:
        NotFoundError: the actor has no such access open.
    """
    require(permissions.may_open_in_emergency(actor))
    access = (
        EmergencyAccess.objects.select_for_update(of=("self",), no_key=True)
        .filter(id=access_id, user_id=actor.account, organisation_id=actor.member_of, ends_at__gt=at)
        .first()
    )
    if access is None:
        raise NotFoundError(_("You have no such record open in an emergency."))
    record(
        events.EMERGENCY_CLOSED,
        actor=actor,
        person_id=access.person_id,
        about=("emergency_access", access.id),
    )
    access.close(at=at)


@command
def review_emergency(
    *,
    actor: Actor,
    at: datetime,
    access_id: UUID,
    verdict: str,
    note: str,
    person_told: str = "",
    seen: str = "",
) -> EmergencyAccess:
    """Say afterwards whether an emergency access was justified. Nobody reviews their own.

    If it was not, and it is still open, it closes. If the reviewer cannot tell yet, it stays on the list, and
    what they wrote stands behind what the next reviewer writes.

    Args:
        actor: who.
        at: when.
        access_id: which.
        verdict: one of ``VERDICTS``.
        note: why.
        person_told: whether the person knows about it, as in ``EmergencyAccess.Told``.
        seen: its ``last_looked`` when the reviewer opened it.

    Raises:
        NotFoundError: there is no such access.
        ReviewedAlreadyError: it has already been reviewed.
        StaleError: somebody else has looked at it since the reviewer opened it.
    """
    require(permissions.may_review_emergencies(actor))
    with beyond_reach(actor):
        access = EmergencyAccess.objects.select_for_update(no_key=True).filter(id=access_id).first()
        if access is None or verdict not in VERDICTS:
            raise NotFoundError(_("There is no such emergency access."))
        require(permissions.may_review_emergency(actor, access))
        if access.verdict not in ("", UNCLEAR):
            raise ReviewedAlreadyError(_("This emergency access has already been reviewed."))
        if access.last_looked != seen:
            raise StaleError(
                _(
                    "Somebody else looked at this while you were writing. Your review is not saved. "
                    "Read what they wrote, then write yours."
                )
            )
        if access.reviewed_at and access.reviewed_by:
            note = _("%(note)s Before that, %(name)s wrote on %(day)s: %(earlier)s") % {
                "note": note,
                "name": _name_of(access.reviewed_by),
                "day": day_in_words(access.reviewed_at),
                "earlier": access.reviewed,
            }
        access.review(by=actor.account, at=at, verdict=verdict, note=note, person_told=person_told)
        if verdict == NOT_JUSTIFIED and access.ends_at > at:
            access.close(at=at)
    record(
        events.EMERGENCY_REVIEWED,
        actor=actor.working_for(access.purpose),
        person_id=access.person_id,
        about=("emergency_access", access.id),
        verdict=verdict,
    )
    return access


def _name_of(account: UUID) -> str:
    found = User.objects.filter(id=account).first()
    return found.name if found else _("a colleague")

"""Releasing a bundle, by somebody who did not work on it, and handing it over; or sending it back."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.rights import events, permissions
from alongside.casework.rights.commands.withholding import must_be_looked_at
from alongside.casework.rights.models import Given
from alongside.casework.rights.queries.bundle import as_released, put_together, worked_on
from alongside.casework.rights.queries.desk import handled_request
from alongside.casework.rights.queries.noting import note_of_request
from alongside.casework.rights.rules.states import State, fits


class NotThisPersonError(CaseworkError):
    """What the releaser typed does not belong to this person: the bundle may be somebody else's."""


class NotInOrderError(CaseworkError):
    """A day that is not possible."""


@command
def release_bundle(*, actor: Actor, at: datetime, request_id: UUID, typed: date | str) -> None:
    """Allow a bundle to be given, after looking at all of it.

    Args:
        actor: somebody who did not decide what is withheld.
        at: when.
        request_id: which request.
        typed: the person's date of birth or the request's reference, taken from what the person sent and not
            from the screen, so that a bundle about somebody else does not go out.

    Raises:
        NotFoundError: there is no such request.
        NotAllowedError: the actor worked on it.
        AlreadyDoneError: it is not waiting to be released.
        NotThisPersonError: what was typed does not match.
        NotLookedAtError: something is marked that nobody has looked at.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        if request.state != State.READY:
            raise AlreadyDoneError(_("This bundle is not waiting to be released."))
        require(permissions.may_release(actor, worked_on(request)))
        bundle = put_together(request)
        if not fits(typed, born=bundle.born, reference=request.reference):
            raise NotThisPersonError(
                _(
                    "This is not the date of birth or the reference that belongs to this bundle. Check whose "
                    "it is before anything is given."
                )
            )
        must_be_looked_at(bundle)
        request.release(by=actor.account, by_name=actor.name, fingerprint=bundle.print, at=at)
    note_of_request(events.RELEASED, actor, request)


@command
def send_bundle_back(*, actor: Actor, at: datetime, request_id: UUID) -> None:
    """Allow a bundle that was ready or released to be worked on again, with what is held now.

    Raises:
        NotFoundError: there is no such request.
        AlreadyDoneError: it is neither ready nor released.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        if request.state not in (State.READY, State.RELEASED):
            raise AlreadyDoneError(_("This bundle is already being worked on, or has been given."))
        request.put_together(at=at)
        request.send_back(by=actor.name, at=at)
    note_of_request(events.SENT_BACK, actor, request)


@command
def hand_over_bundle(
    *, actor: Actor, at: datetime, request_id: UUID, on: date, to: str, how: str, form: str
) -> Given:
    """Note that the released bundle reached somebody: who, how and in what format.

    Raises:
        NotFoundError: there is no such request.
        AlreadyDoneError: it was not released, or has already been given.
        OtherThanReleasedError: what is held is no longer what was released.
        NotInOrderError: the day is in the future, or before it was released.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = handled_request(actor, request_id, lock=True)
        if request.state != State.RELEASED:
            raise AlreadyDoneError(_("This bundle has not been released, or has already been given."))
        if not timezone.localdate(request.state_at) <= on <= timezone.localdate(at):
            raise NotInOrderError(_("Choose a day between its release and today."))
        as_released(request)
        given = Given.note(request=request, on=on, to=to, how=how, form=form, by_name=actor.name, at=at)
        request.move(State.GIVEN, by=actor.name, at=at)
    note_of_request(events.HANDED_OVER, actor, request)
    return given

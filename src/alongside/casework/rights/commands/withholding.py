"""Withholding parts of a bundle, looking at what is marked in it, and making it ready."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import AccessRequest, Look, Withheld
from alongside.casework.rights.queries.desk import Desk, handled_request, laid_out
from alongside.casework.rights.queries.lines import table_of_key
from alongside.casework.rights.queries.noting import note_of_request
from alongside.casework.rights.rules.states import State
from alongside.casework.rights.rules.withholding import Reasoned, lacks, stands_in


class WrongGroundError(CaseworkError):
    """A ground lacks what it needs before it may be used."""


class NotInLineError(CaseworkError):
    """The words to withhold are not in the line."""


class NotLookedAtError(CaseworkError):
    """Something in the bundle is marked and nobody has looked at it."""


@command
def withhold(
    *, actor: Actor, at: datetime, request_id: UUID, line: str, words: str = "", reasoned: Reasoned
) -> Withheld:
    """Withhold a line of a bundle, or a stretch of words wherever it appears in the line.

    It stays withheld when the bundle is put together again. A person decides this, never a rule.

    Raises:
        NotFoundError: there is no such request, or no such line.
        AlreadyDoneError: this is already withheld, or the bundle is no longer being worked on.
        WrongGroundError: the ground lacks its reason, or a health professional's opinion.
        NotInLineError: these words are not in the line.
    """
    require(permissions.may_handle(actor))
    if wrong := lacks(reasoned, today=timezone.localdate(at)):
        raise WrongGroundError(f"{next(iter(wrong.values()))}.")
    with beyond_reach(actor):
        request = _being_worked_on(actor, request_id)
        found = laid_out(request, only=table_of_key(line)).line(line)
        if words and not stands_in(words, [part.words for part in found.line.parts]):
            raise NotInLineError(_("These words are not in the line. Copy them from it."))
        if words in [each.words for each in found.withheld]:
            raise AlreadyDoneError(_("This is already withheld."))
        made = Withheld.withhold(
            request=request,
            line=line,
            words=words,
            reasoned=reasoned,
            by=actor.account,
            by_name=actor.name,
            at=at,
        )
    note_of_request(events.WITHHELD, actor, request, ground=reasoned.ground)
    return made


@command
def take_withholding_back(*, actor: Actor, at: datetime, request_id: UUID, withheld_id: UUID) -> None:
    """Allow something withheld to be given after all. The fact that it was withheld is kept.

    Raises:
        NotFoundError: there is no such request, or no such withholding in it.
        AlreadyDoneError: the bundle is no longer being worked on.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = _being_worked_on(actor, request_id)
        found = request.withheld.filter(id=withheld_id, undone_at=None).first()
        if found is None:
            raise NotFoundError(_("This is not withheld here."))
        found.undo(by=actor.account, at=at)
    note_of_request(events.WITHHOLDING_UNDONE, actor, request)


@command
def look_at_line(*, actor: Actor, at: datetime, request_id: UUID, line: str, note_of: str = "") -> None:
    """Note that the actor has looked at what is marked in a line as it is now, and decided what to withhold.

    Raises:
        NotFoundError: there is no such request, or no such line.
        AlreadyDoneError: somebody has looked at it as it is now, or the bundle is no longer being worked on.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = _being_worked_on(actor, request_id)
        found = laid_out(request, only=table_of_key(line)).line(line)
        if found.look is not None:
            raise AlreadyDoneError(_("Somebody has already looked at this line, and it has not changed."))
        Look.note_down(
            request=request,
            line=line,
            line_print=found.line.print,
            note=note_of,
            by=actor.account,
            by_name=actor.name,
            at=at,
        )
    note_of_request(events.LINE_LOOKED_AT, actor, request)


@command
def bring_up_to_date(*, actor: Actor, at: datetime, request_id: UUID) -> None:
    """Make the bundle what is held now. What is withheld stays so; what has changed is to be looked at again.

    Raises:
        NotFoundError: there is no such request.
        AlreadyDoneError: the bundle is no longer being worked on.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = _being_worked_on(actor, request_id)
        request.put_together(at=at)
    note_of_request(events.BROUGHT_UP_TO_DATE, actor, request)


@command
def make_ready(*, actor: Actor, at: datetime, request_id: UUID) -> None:
    """Say that everything has been looked at, so that somebody else may check the whole and release it.

    Raises:
        NotFoundError: there is no such request.
        AlreadyDoneError: the bundle is no longer being worked on.
        NotLookedAtError: something is marked that nobody has looked at.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        request = _being_worked_on(actor, request_id)
        must_be_looked_at(laid_out(request))
        request.make_ready(by=actor.account, by_name=actor.name, at=at)
    note_of_request(events.MADE_READY, actor, request)


def must_be_looked_at(desk: Desk) -> None:
    """Check that somebody has looked at everything that is marked.

    Raises:
        NotLookedAtError: something is marked that nobody has looked at.
    """
    if waiting := len(desk.waiting):
        raise NotLookedAtError(
            _("%(waiting)s lines have something marked that nobody has looked at yet. Look at each first.")
            % {"waiting": waiting}
        )


def _being_worked_on(actor: Actor, request_id: UUID) -> AccessRequest:
    request = handled_request(actor, request_id, lock=True)
    if request.state != State.OPEN:
        raise AlreadyDoneError(
            _("This bundle is not being worked on now. If something in it must change, send it back first.")
        )
    return request

"""Requests for access: which are under way, each with its clock, and whose record is meant."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.queries import get_person
from alongside.casework.people.queries.whole import people_named
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.queries.bundle import worked_on
from alongside.casework.rights.queries.desk import handled_request
from alongside.casework.rights.queries.noting import note_of_request
from alongside.casework.rights.queries.reaching import Reaching, reaching
from alongside.casework.rights.rules.states import State


@dataclass(frozen=True)
class RequestPage:
    """A request with its clarifications and hand-overs, and what to know before the person is reached."""

    request: AccessRequest
    reaching: Reaching


@query()
def requests_under_way(*, actor: Actor) -> list[AccessRequest]:
    """Return the requests that have been neither answered nor closed, oldest first. They name nobody."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        return _under_way()


@composed_once
def _under_way() -> QuerySet[AccessRequest]:
    return AccessRequest.objects.under_way().prefetch_related("clarifications")


@query()
def requests_over(*, actor: Actor) -> list[AccessRequest]:
    """Return the last hundred requests that were answered or closed, newest first. They name nobody."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        return _over()


@composed_once
def _over() -> QuerySet[AccessRequest]:
    over = AccessRequest.objects.exclude(id__in=AccessRequest.objects.under_way().values("id"))
    return over.prefetch_related("clarifications").order_by("-state_at")[:100]


@query(records=True, shows_people=False)
def request_page(*, actor: Actor, request_id: UUID) -> RequestPage:
    """Return one request and how it is safe to reach the person, and record that the actor looked.

    Whoever answers has no reach to the person's page, and would otherwise not know whom a letter endangers.

    Raises:
        NotFoundError: there is no such request.
    """
    with beyond_reach(actor):
        handled_request(actor, request_id)
        [request] = _with_all(request=request_id)
        known = reaching(request)
    note_of_request(events.REQUEST_SEEN, actor, request)
    return RequestPage(request, known)


@composed_once
def _with_all(*, request: UUID) -> QuerySet[AccessRequest]:
    found = AccessRequest.objects.filter(id=request).select_related("taken_organisation", "person")
    return found.prefetch_related("clarifications", "given")


@query(records=True, shows_people=False)
def whose_record(*, actor: Actor, surname: str, date_of_birth: date, postcode: str = "") -> list[UUID]:
    """Return the ids of records with this surname and date of birth: one, none or several. Nothing is shown.

    The audit trail has how many matched, and not who was looked for.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        people = people_named(surname, date_of_birth=date_of_birth, postcode=postcode)
        meant = [each.head.id for each in people]
    record(events.PERSON_LOOKED_FOR, actor=actor, found=len(meant))
    return meant


@query()
def known_person(*, actor: Actor, person_id: UUID) -> str:
    """Return what somebody the actor works with likes to be called, for the form that takes their request.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_take_for_known(actor))
    return get_person(actor=actor, person_id=person_id).known_as


@query(records=True, shows_people=False)
def request_to_release(*, actor: Actor, request_id: UUID) -> None:
    """Check, before the page for releasing a bundle is shown, that the actor may release it.

    Raises:
        NotFoundError: there is no such request.
        AlreadyDoneError: it is not waiting to be released.
        NotAllowedError: the actor worked on it.
    """
    with beyond_reach(actor):
        request = handled_request(actor, request_id)
        if request.state != State.READY:
            raise AlreadyDoneError(_("This bundle is not waiting to be released."))
        require(permissions.may_release(actor, worked_on(request)))
    note_of_request(events.REQUEST_SEEN, actor, request)

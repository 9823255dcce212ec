"""Recording what members who answer people do and look at: for the purpose of answering, and about whom."""

from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.purposes import ANSWERING
from alongside.casework.audit.recorder import record
from alongside.casework.audit.registry import EventType
from alongside.casework.rights import permissions
from alongside.casework.rights.models import AccessRequest

ABOUT = "access_request"


def note_answering(
    kind: EventType, *, actor: Actor, person_id: UUID, about: tuple[str, UUID], **details: object
) -> None:
    """Record a step in answering a person, whatever purpose the actor works for; part of a command."""
    record(kind, actor=actor.working_for(ANSWERING), person_id=person_id, about=about, **details)


def note_said(
    kind: EventType, *, actor: Actor, person_id: UUID, about: tuple[str, UUID], **details: object
) -> None:
    """Record what a person said: as a step in answering if the actor answers, else for their own purpose."""
    answers = permissions.may_handle(actor).allowed
    who = actor.working_for(ANSWERING) if answers else actor
    record(kind, actor=who, person_id=person_id, about=about, **details)


def note_of_request(kind: EventType, actor: Actor, request: AccessRequest, **details: object) -> None:
    """Record a step in a request for access, or that somebody looked at it; part of a command or query."""
    note_answering(
        kind, actor=actor, person_id=request.person_id, about=(ABOUT, request.id),
        reference=request.reference, **details,
    )  # fmt: skip

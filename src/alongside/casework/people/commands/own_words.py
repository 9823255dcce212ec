"""The person holds the pen: a device is handed to them, they write, and it is taken back."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.operations import command
from alongside.casework.people import events, permissions
from alongside.casework.people.commands.records import write_down_words
from alongside.casework.people.models import AboutMe
from alongside.casework.people.queries import get_person
from alongside.casework.people.rules import Section


@command
def hand_over_device(*, actor: Actor, at: datetime, person_id: UUID) -> None:
    """Note that a member hands their device to a person, to write for themself.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_add_to_chronology(actor))
    person = get_person(actor=actor, person_id=person_id)
    record(events.DEVICE_HANDED_OVER, actor=actor, person_id=person.id)


def write_own_words(*, actor: Actor, at: datetime, person_id: UUID, section: Section, words: str) -> AboutMe:
    """Keep what the person wrote themself, today, on the actor's device; see ``write_down_words``.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    return write_down_words(
        actor=actor,
        at=at,
        person_id=person_id,
        section=section,
        words=words,
        said_on=timezone.localdate(at),
        pen=AboutMe.Pen.PERSON,
    )


@command
def take_device_back(*, actor: Actor, at: datetime, person_id: UUID) -> None:
    """Note that the member has their device back; the caller has already checked that it is them.

    Raises:
        NotAllowedError: the actor's role may not write anything down.
    """
    require(permissions.may_add_to_chronology(actor))
    record(events.DEVICE_TAKEN_BACK, actor=actor, person_id=person_id)

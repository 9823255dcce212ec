"""Record what somebody did or looked at. The only way into the table of audit events."""

import json
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.casework.access.actors import Actor
from alongside.casework.audit.registry import EVENT_TYPES, REFUSED, EventType
from alongside.casework.kernel import ledger

_INSERT = """insert into audit_auditevent (sequence, at, code, actor_id, actor_name, organisation_id,
    organisation_name, purpose, person_id, about_kind, about_id, details, request_id, previous_hash, hash)
  values (0, clock_timestamp(), %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, '', '')"""


def record(
    kind: EventType,
    *,
    actor: Actor,
    person_id: UUID | None = None,
    about: tuple[str, Any] = ("", ""),
    **details: Any,
) -> None:
    """Record one event, in the transaction of the command or query that it is part of.

    The database uses its own clock, numbers the event and chains it.

    Args:
        kind: a declared type.
        actor: who did it.
        person_id: whom it is about, if anybody; then the actor must have a purpose (the database checks too).
        about: kind and id of the thing it is about.
        details: what the sentence needs; plain values.

    Raises:
        NotAllowedError: it is about a person, and the actor has not said what they are working for.
    """
    if person_id is not None:
        actor.must_have_purpose()
    if EVENT_TYPES.get(kind.code) is not kind:
        raise ValueError(f"{kind.code} is not a declared type of event")
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                kind.code, actor.user_id, actor.name, actor.organisation_id, actor.organisation_name,
                actor.purpose, person_id, about[0], str(about[1]), json.dumps(details, default=str),
                actor.request_id,
            ],
        )  # fmt: skip
    ledger.recorded(kind.code, depth=len(connection.savepoint_ids))


def record_refusal(actor: Actor, operation: str, reason: str) -> None:
    """Record that an actor was refused; called after the rollback of what they tried."""
    record(REFUSED, actor=actor, operation=operation, reason=reason)

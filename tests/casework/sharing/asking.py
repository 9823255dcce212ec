"""Asking for information in tests."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.casework.sharing.test_request_rules import WISH
from tools.universe import Universe

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.commands.requests import ask_for_information
from alongside.casework.sharing.models import InformationRequest

DAY = date(2026, 11, 2)
WHY = "She is not open to us, and we would have to search records of others."


def ask(
    riverside: Universe,
    actor: Actor,
    at: datetime,
    *,
    about: str = "Bee",
    of: str = "valley_police",
    **other: Any,
) -> InformationRequest:
    return ask_for_information(
        actor=actor,
        at=at,
        person_id=riverside.people[about],
        asked_of_id=riverside.organisations[of].id,
        wish=replace(WISH, **other),
    )


def last_event() -> AuditEvent:
    found = AuditEvent.objects.order_by("sequence").last()
    assert found is not None
    return found


def again(request: InformationRequest) -> InformationRequest:
    tell_database(system_actor("a test"))
    return InformationRequest.objects.get(id=request.id)

"""Asking the pages of outreach as an actor, at a time that stands still."""

from collections.abc import Callable
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from tests.casework.outside import watched

from alongside.casework.access.actors import Actor

Ask = Callable[..., str]


def asker(worker: Actor) -> Ask:
    """Return what asks a view: its text, or where it sends one; in one session."""
    session: dict[str, Any] = {}

    def asked(
        view: Any,
        posted: dict[str, Any] | None = None,
        *,
        actor: Actor = worker,
        query: str = "",
        **named: Any,
    ) -> str:
        made = RequestFactory()
        request = made.get(f"/{query}") if posted is None else made.post("/", posted)
        request.actor = actor  # type: ignore[attr-defined]
        request.session = session  # type: ignore[assignment]
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        with watched():
            answer: HttpResponse = view(request, **named)
        return answer["Location"] if answer.status_code == 302 else answer.content.decode()

    return asked

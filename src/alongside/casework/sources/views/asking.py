"""Who asks for a page."""

from typing import cast

from django.http import HttpRequest

from alongside.casework.access.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks, whom the middleware of accounts put there."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]

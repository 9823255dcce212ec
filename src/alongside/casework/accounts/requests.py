"""A request of a member who has signed in."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest

from alongside.casework.access.actors import Actor

if TYPE_CHECKING:
    from alongside.casework.accounts.models import User


@dataclass(frozen=True)
class WorkingFor:
    """What every page says of a member's purpose: in words, and whether there is another to change to."""

    title: str
    may_change: bool


class MemberRequest(HttpRequest):
    """As views get it behind ``ActorMiddleware``: who asks, and what logs call the request.

    A view that also answers whoever has not signed in, or has not said for which organisation, takes a plain
    request: there ``actor`` is None.
    """

    actor: Actor
    request_id: str
    partnership: str
    working_for: WorkingFor | None
    trained_to: list[date | None]
    """The last days of their trainings; None is for good."""
    user: "User"

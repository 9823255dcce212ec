"""A request from a member who has signed in."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.rules import Covering

if TYPE_CHECKING:
    from alongside.casework.accounts.models import User


@dataclass(frozen=True)
class WorkingFor:
    """What every page says about a member's purpose: in words, and whether there is another to change to."""

    title: str
    may_change: bool


class MemberRequest(HttpRequest):
    """The request as views get it behind ``ActorMiddleware``: who is asking, and its id in the logs.

    A view that also answers people who have not signed in, or have not said for which organisation, takes a
    plain request: there ``actor`` is None.
    """

    actor: Actor
    request_id: str
    partnership: str
    working_for: WorkingFor | None
    trained_to: list[date | None]
    """The days on which their training expires (exclusive); None if it does not."""
    covering: list[Covering]
    """The colleagues whose work they cover while those are away, now or later."""
    covered_lately: list[Covering]
    """Those for whom somebody else was lately named instead, or nobody."""
    may_change_organisation: bool
    """Whether they belong to more than one, and chose which they act for."""
    user: "User"

"""Whether something stands in the way of telling another organisation that somebody is known.

What a person chose about sharing is kept by an app above this one, which adds its question here.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.errors import CaseworkError

WhyNot = Callable[[Actor, UUID, Collection[UUID], datetime], dict[UUID, str]]
STANDS_IN_THE_WAY: list[WhyNot] = []
"""Each is asked with actor, person, organisations and time; answers which may not be told and why not."""


class ToldAgainstTheirWishError(CaseworkError):
    """The person asked that this organisation is not told; the message says what to do instead.

    Attributes:
        person_id: whose record it was to be told from.
        organisation_id: who was to be told.
    """

    def __init__(self, why: str, *, person_id: UUID, organisation_id: UUID) -> None:
        super().__init__(why)
        self.person_id, self.organisation_id = person_id, organisation_id


def must_be_free_to_tell(*, actor: Actor, person_id: UUID, organisation_id: UUID, at: datetime) -> None:
    """Go on only where nothing stands in the way; part of a command that checked who asks.

    Raises:
        ToldAgainstTheirWishError: the person asked that this organisation is not told.
    """
    if why := not_to_be_told(actor=actor, person_id=person_id, organisations=[organisation_id], at=at):
        raise ToldAgainstTheirWishError(
            why[organisation_id], person_id=person_id, organisation_id=organisation_id
        )


def not_to_be_told(
    *, actor: Actor, person_id: UUID, organisations: Collection[UUID], at: datetime
) -> dict[UUID, str]:
    """Return which of some organisations may not be told of a person, each with why not in a sentence.

    Part of a command that checked who asks.
    """
    found: dict[UUID, str] = {}
    for ask in STANDS_IN_THE_WAY:
        found |= ask(actor, person_id, organisations, at)
    return found

"""Whether something stands in the way of telling another organisation that somebody is known.

What a person chose about sharing is kept by an app above this one, which adds its question here.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.errors import CaseworkError

WhyNot = Callable[[Actor, UUID, UUID, datetime], str]
STANDS_IN_THE_WAY: list[WhyNot] = []
"""Each is asked with actor, person, organisation and time; answers why not in a sentence, or nothing."""


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
    for ask in STANDS_IN_THE_WAY:
        if why := ask(actor, person_id, organisation_id, at):
            raise ToldAgainstTheirWishError(why, person_id=person_id, organisation_id=organisation_id)

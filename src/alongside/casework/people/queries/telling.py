"""Whether anything stands in the way of telling another organisation that somebody is known.

What a person chose about sharing is kept by an app above this one, which adds its check here.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.asked import Asked
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError

WhyNot = Callable[[Actor, UUID, Collection[UUID], datetime], dict[UUID, str]]
STANDS_IN_THE_WAY: Asked[WhyNot] = Asked()
"""Each is called with actor, person, organisations and time; returns which may not be told, and why not."""


class ToldAgainstTheirWishError(CaseworkError):
    """The person asked us not to tell this organisation; the message says what to do instead.

    Attributes:
        person_id: whose record it was about.
        organisation_id: who was to be told.
    """

    def __init__(self, why: str, *, person_id: UUID, organisation_id: UUID) -> None:
        super().__init__(why)
        self.person_id, self.organisation_id = person_id, organisation_id


class AnsweredAgainstTheirWishError(AlreadyDoneError):
    """The answer would tell the asking organisation what the person asked us not to tell it."""


class WishedOtherwiseSinceError(AlreadyDoneError):
    """After an organisation was asked, the person asked us not to tell it; it does not learn that here."""


def must_be_free_to_tell(*, actor: Actor, person_id: UUID, organisation_id: UUID, at: datetime) -> None:
    """Check that nothing stands in the way. For use in a command that has checked the actor.

    Raises:
        ToldAgainstTheirWishError: the person asked us not to tell this organisation.
    """
    if why := not_to_be_told(actor=actor, person_id=person_id, organisations=[organisation_id], at=at):
        raise ToldAgainstTheirWishError(
            why[organisation_id], person_id=person_id, organisation_id=organisation_id
        )


def must_be_free_to_answer(
    *, actor: Actor, asker_id: UUID, asker: str, person_id: UUID, at: datetime, instead: str
) -> None:
    """Check that the asking organisation may be told. For use in a command that has checked the actor.

    Args:
        actor: who answers.
        asker_id: the organisation that asked.
        asker: its name.
        person_id: who it is about.
        at: when.
        instead: a sentence that says how to answer without telling anything.

    Raises:
        AnsweredAgainstTheirWishError: the person asked us not to tell the asking organisation.
    """
    if not_to_be_told(actor=actor, person_id=person_id, organisations=[asker_id], at=at):
        why = _("The person asked that %(organisation)s is not told about them.") % {"organisation": asker}
        raise AnsweredAgainstTheirWishError(f"{why} {instead}")


def not_to_be_told(
    *, actor: Actor, person_id: UUID, organisations: Collection[UUID], at: datetime
) -> dict[UUID, str]:
    """Return which of some organisations may not be told about a person, each with why not in a sentence.

    For use in a command that has checked the actor.
    """
    found: dict[UUID, str] = {}
    for ask in STANDS_IN_THE_WAY:
        found |= ask(actor, person_id, organisations, at)
    return found


def must_still_be_free_to_tell(
    *, actor: Actor, teller_id: UUID, teller: str, purpose: str, person_id: UUID, at: datetime
) -> None:
    """Check that the person has not objected since another organisation asked the actor's own.

    For use in a command by which the actor's organisation comes to see the record.

    Args:
        actor: who answers.
        teller_id: the organisation that asked.
        teller: its name.
        purpose: the purpose it asked for.
        person_id: who it is about.
        at: when it is answered.

    Raises:
        WishedOtherwiseSinceError: the person asked us not to tell the actor's organisation.
    """
    asker = replace(actor, organisation_id=teller_id, organisation_name=teller, purpose=purpose)
    if not_to_be_told(actor=asker, person_id=person_id, organisations=[actor.member_of], at=at):
        raise WishedOtherwiseSinceError(
            _("Something has changed since you were asked. Talk to %(organisation)s before you continue.")
            % {"organisation": teller}
        )

"""Point the person to services in the directory during a talk, and keep what is written about how it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations import command
from alongside.casework.outreach import events
from alongside.casework.outreach.commands.talking import (
    AnswerTooLongError,
    ChangedMeanwhileError,
    NotAnAnswerError,
    open_conversation,
)
from alongside.casework.outreach.models import Conversation, Outcome
from alongside.casework.outreach.rules import (
    LONGEST_ANSWER,
    OutcomeKind,
)
from alongside.casework.outreach.rules.meanwhile import Box, boxes


class ChosenAlreadyError(AlreadyDoneError):
    """The person was pointed to this service in this conversation."""


class EndingKeptError(AlreadyDoneError):
    """Nothing differs from what is already kept."""


@dataclass(frozen=True)
class ServiceTold:
    """A service as the directory described it that day.

    Attributes:
        id: of its entry.
        name: of the service.
        telephone: to ring, if one is known.
        address: where it is, one place to a line.
        hours: when it is open, one time to a line.
    """

    id: UUID
    name: str
    telephone: str = ""
    address: str = ""
    hours: str = ""


@command
def choose_service(
    *, actor: Actor, at: datetime, conversation_id: UUID, service: ServiceTold, on_paper: bool
) -> Outcome:
    """Point the person to a service; its name, telephone, address and hours are kept as they are today.

    Args:
        actor: who talks with the person.
        at: when.
        conversation_id: which conversation.
        service: as the directory describes it; the caller has read it there.
        on_paper: whether the person wants it on the page they keep, where others at home may read it.

    Raises:
        NotFoundError: there is no such conversation.
        ConversationFinishedError: it was finished.
        ChosenAlreadyError: the person was pointed to it already.
    """
    talk = open_conversation(actor, conversation_id)
    if Outcome.objects.filter(conversation=talk, service_id=service.id).exists():
        raise ChosenAlreadyError(_("You have already chosen this service. It is saved."))
    chosen = Outcome.note(
        conversation=talk,
        kind=OutcomeKind.SIGNPOST,
        at=at,
        service_id=service.id,
        service_name=service.name[:200],
        service_telephone=service.telephone[:40],
        service_address=service.address[:1_000],
        service_hours=service.hours[:2_000],
        on_paper=on_paper,
    )
    record(
        events.SIGNPOST_CHOSEN,
        actor=actor,
        person_id=talk.item.person_id,
        about=("conversation", talk.id),
    )
    return chosen


@command
def drop_service(*, actor: Actor, at: datetime, conversation_id: UUID, outcome_id: UUID) -> None:
    """Take a service off again, before the conversation ends.

    Raises:
        NotFoundError: there is no such conversation, or no such service was chosen in it.
        ConversationFinishedError: it was finished: what the person was told stays.
    """
    del at  # the event says when
    talk = open_conversation(actor, conversation_id)
    chosen = Outcome.objects.filter(conversation=talk, id=outcome_id, kind=OutcomeKind.SIGNPOST).first()
    if chosen is None:
        raise NotFoundError(_("No such service was chosen in this conversation."))
    chosen.delete()
    record(
        events.SIGNPOST_DROPPED,
        actor=actor,
        person_id=talk.item.person_id,
        about=("conversation", talk.id),
    )


@command
def keep_ending(
    *,
    actor: Actor,
    at: datetime,
    conversation_id: UUID,
    told: dict[str, str],
    opened: Mapping[str, Sequence[str]] | None = None,
) -> Conversation:
    """Keep what has been written so far about how a conversation ends, field by field. Nothing is sent.

    Args:
        actor: who talks with the person.
        at: when.
        conversation_id: which conversation.
        told: what the fields hold.
        opened: what the page had in each (see ``rules.meanwhile.became``): a field that only another page
            has changed stays as it is.

    Raises:
        NotFoundError: there is no such conversation.
        ConversationFinishedError: it was finished.
        AnswerTooLongError, NotAnAnswerError: a field cannot be kept; what was kept before stands.
        EndingKeptError: nothing has changed, or nothing on this page.
        ChangedMeanwhileError: a field was changed on this page and on another; none of them is kept.
    """
    talk = open_conversation(actor, conversation_id)
    stand = boxes(told, stands=talk.ending, opened=opened or {})
    if Box.BOTH in stand.values():
        raise ChangedMeanwhileError
    if too_long := [name for name, words in told.items() if len(words) > LONGEST_ANSWER]:
        raise AnswerTooLongError(
            _("This can have at most %(most)s characters, and it has %(has)s. Shorten it.")
            % {"most": f"{LONGEST_ANSWER:,}", "has": f"{len(told[too_long[0]]):,}"}
        )
    if any("\x00" in words for words in told.values()):
        raise NotAnAnswerError(
            _("This contains a character that cannot be saved. Type it instead of pasting it.")
        )
    changed = {name: words for name, words in told.items() if stand[name] is Box.NEW}
    if not changed:
        raise EndingKeptError(_("This is already saved."))
    talk.keep_ending(changed, by=actor.name, at=at)
    record(
        events.ENDING_KEPT,
        actor=actor,
        person_id=talk.item.person_id,
        about=("conversation", talk.id),
        fields=", ".join(sorted(changed)).replace("_", " "),
    )
    return talk

"""Looking again at what was decided about sharing, when its day has come."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.operations import command
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.commands.decisions import NoDecisionError
from alongside.casework.sharing.models import LookedAgain, ShareDecision
from alongside.casework.sharing.queries.decisions import own_decision


@command
def say_it_stands(
    *, actor: Actor, at: datetime, decision_id: UUID, words: str, again_on: date | None = None
) -> LookedAgain:
    """Say that a decision was looked at again and stands, and why; it waits for nobody any more.

    Args:
        actor: who looked: whoever decided, or another of their organisation who decides about sharing.
        at: when.
        decision_id: the decision.
        words: why it stands.
        again_on: when it is looked at once more, where it must be.

    Raises:
        NotAllowedError: the actor's role decides nothing about sharing.
        NotFoundError: their organisation made no such decision.
        AlreadyDoneError: it was corrected, or looked at since, and nothing is to be looked at again.
        NoDecisionError: it says not why; or the next day is not in the future.
    """
    require(permissions.may_decide(actor))
    ShareDecision.objects.select_for_update().filter(id=decision_id).first()
    decision = own_decision(actor=actor, decision_id=decision_id)
    if decision.corrections.exists():
        raise AlreadyDoneError(_("A later decision corrects this one: look at that one."))
    if decision.look_again_on is None:
        raise AlreadyDoneError(_("It is not to be looked at again: somebody did, or no day was set."))
    wrong = {}
    if not words.strip():
        wrong["words"] = _("Say why it stands")
    if again_on is not None and again_on <= timezone.localdate(at):
        wrong["again_on"] = _("The day must be in the future")
    if wrong:
        raise NoDecisionError(wrong)
    made = LookedAgain.note(
        decision, words=words.strip(), again_on=again_on, by_id=actor.account, by=actor.name, at=at
    )
    record(events.LOOKED_AGAIN, actor=actor, person_id=decision.person_id, about=("decision", decision.id))
    return made

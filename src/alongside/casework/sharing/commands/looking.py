"""Reviewing decisions about sharing when their day comes, and reminding those who should look."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.commands.corrections import tell_it_stands
from alongside.casework.sharing.commands.decisions import NoDecisionError
from alongside.casework.sharing.models import LookChased, LookedAgain, ShareDecision
from alongside.casework.sharing.queries.advised import advised_since
from alongside.casework.sharing.queries.decisions import own_decision
from alongside.casework.sharing.queries.waiting import not_looked_at
from alongside.casework.sharing.rules.decisions import why_not_reviewed
from alongside.casework.sharing.rules.overrides import LateStep, late_steps


class NoneLateError(CaseworkError):
    """Everything shared in an emergency was looked at in time, or its reminders have been sent."""


@command
def say_it_stands(
    *, actor: Actor, at: datetime, decision_id: UUID, words: str, again_on: date | None = None
) -> LookedAgain:
    """Record that a decision was reviewed and stands, and why; it is then no longer waiting for anybody.

    It may be due by its day, or because advice that was asked for came after it was made.

    Whoever was told it, and warned that it may be wrong, is told that it stands.

    Args:
        actor: who reviewed it: whoever decided, or a colleague who may decide about sharing.
        at: when.
        decision_id: the decision.
        words: why it stands.
        again_on: when it will be reviewed again, if it must be.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: their organisation made no such decision.
        AlreadyDoneError: it was corrected, or has since been reviewed and is not due for review.
        NoDecisionError: no reason was given, or the next day is not in the future.
    """
    require(permissions.may_decide(actor))
    ShareDecision.objects.select_for_update(no_key=True).filter(id=decision_id).first()
    decision = own_decision(actor=actor, decision_id=decision_id)
    due = decision.look_again_on is not None or advised_since(decision)
    if why := why_not_reviewed(due=due, corrected=decision.corrections.exists()):
        raise AlreadyDoneError(why)
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
    tell_it_stands(decision, made, actor=actor, at=at)
    record(events.LOOKED_AGAIN, actor=actor, person_id=decision.person_id, about=("decision", decision.id))
    return made


@command
def chase_late_looks(*, actor: Actor, at: datetime) -> int:
    """Send reminders about what was shared in an emergency and nobody looked at within a working day.

    The managers are told again; if nobody has looked a working day later, so are those who review
    emergencies there, or in the whole partnership if nobody there does. Each is told once. The notice says
    only that something is waiting.

    Returns:
        About how many emergencies somebody was told.

    Raises:
        NotAllowedError: the actor is not the nightly job.
        NoneLateError: nobody needs to be told.
    """
    require(permissions.may_chase_looks(actor))
    day, chased = timezone.localdate(at), 0
    reviewers = Membership.objects.on(day).who_may(Permission.BREAK_GLASS_REVIEW)
    reviewed = set(reviewers.values_list("organisation_id", flat=True))
    late = (
        not_looked_at(day=day).prefetch_related("looks_chased").select_for_update(of=("self",), no_key=True)
    )
    for decision in late:
        taken = [LateStep(each.step) for each in decision.looks_chased.all()]
        steps = late_steps(decision.override.look_by, day, taken=taken)
        own = decision.organisation_id
        for step in steps:
            LookChased.note(decision, step, at=at)
            if step is LateStep.MANAGERS:
                tell_those_who_may(Permission.SHARE_AUTHORISE, organisation_id=own, actor=actor, at=at)
            else:
                where = own if own in reviewed else None
                tell_those_who_may(Permission.BREAK_GLASS_REVIEW, organisation_id=where, actor=actor, at=at)
        if steps:
            told = ", ".join(steps)
            record(
                events.LOOK_CHASED,
                actor=actor,
                person_id=decision.person_id,
                about=("decision", decision.id),
                told=told,
            )
            chased += 1
    if not chased:
        raise NoneLateError(_("No emergency that nobody has looked at needs a reminder."))
    return chased

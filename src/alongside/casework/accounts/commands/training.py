"""Training that members have done: recorded, corrected, and withdrawn where it was recorded by mistake."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.commands.members import DayNotPossibleError
from alongside.casework.accounts.models import Training
from alongside.casework.accounts.queries import own_membership
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations import command


@command
def note_training(
    *,
    actor: Actor,
    at: datetime,
    membership_id: UUID,
    course: str,
    done_on: date,
    valid_to: date | None = None,
) -> Training:
    """Record that a member did training. What waits for it opens with their next page.

    One course done on one day is recorded once: recorded again, it expires when the later record says.

    Raises:
        NotFoundError: there is no such member of the actor's organisation.
        NotAllowedError: it is the actor's own, or the actor does not manage there.
        DayNotPossibleError: it was done after today, or would expire before it was done.
        AlreadyDoneError: it is already recorded.
    """
    membership = own_membership(actor=actor, membership_id=membership_id, lock=True)
    require(permissions.may_note_training(actor, membership.organisation_id, membership.user_id))
    if done_on > timezone.localdate(at):
        raise DayNotPossibleError(_("Choose today or an earlier day: record training once it is done."))
    if valid_to is not None and valid_to <= done_on:
        raise DayNotPossibleError(_("Training must expire after the day it was done."))
    noted = list(Training.objects.filter(user=membership.user, course=course, done_on=done_on))
    if [each.valid_to for each in noted] == [valid_to]:
        raise AlreadyDoneError(
            _("This training is already recorded for %(name)s.") % {"name": membership.user.name}
        )
    for each in noted:
        each.delete()
    training = Training.note(user=membership.user, course=course, done_on=done_on, valid_to=valid_to)
    about, member, called = ("membership", membership.id), membership.user.name, course.replace("_", " ")
    if noted:
        record(
            events.TRAINING_CORRECTED,
            actor=actor,
            about=about,
            member=member,
            course=called,
            day=done_on.isoformat(),
            expires=_or_never(valid_to),
            before=", ".join(_or_never(each.valid_to) for each in noted),
        )
    else:
        record(events.TRAINING_NOTED, actor=actor, about=about, member=member, course=called)
    return training


@command
def withdraw_training(*, actor: Actor, at: datetime, membership_id: UUID, training_id: UUID) -> Training:
    """Withdraw training that was recorded by mistake. What waits for it closes with the member's next page.

    Raises:
        NotFoundError: there is no such member of the actor's organisation, or no such training of theirs.
        NotAllowedError: it is the actor's own, or the actor does not manage there.
    """
    del at  # the audit event has the time
    membership = own_membership(actor=actor, membership_id=membership_id, lock=True)
    require(permissions.may_note_training(actor, membership.organisation_id, membership.user_id))
    training = Training.objects.filter(id=training_id, user=membership.user).first()
    if training is None:
        raise NotFoundError(_("This training is not recorded for them, or somebody has withdrawn it."))
    training.delete()
    record(
        events.TRAINING_WITHDRAWN,
        actor=actor,
        about=("membership", membership.id),
        member=membership.user.name,
        course=training.course.replace("_", " "),
        day=training.done_on.isoformat(),
    )
    return training


def _or_never(day: date | None) -> str:
    return day.isoformat() if day else "never"

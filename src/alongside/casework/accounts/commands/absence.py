"""Who is away, who covers, who is back."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.queries import own_membership
from alongside.casework.accounts.queries.covers import lock_absence
from alongside.casework.accounts.rules import Days, days_in_both, may_stand_in
from alongside.casework.accounts.telling import tell_member
from alongside.casework.audit.recorder import record
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError
from alongside.casework.operations import command


class AbsenceNotPossibleError(CaseworkError):
    """The days of an absence are not possible."""


class CoverNotPossibleError(CaseworkError):
    """This member cannot cover on those days."""


@command
def begin_absence(
    *,
    actor: Actor,
    at: datetime,
    membership_id: UUID,
    on: date,
    until: date | None = None,
    cover_id: UUID | None = None,
) -> Absence:
    """Record that a member is away, and who covers their work: they are told, and may do it meanwhile.

    Args:
        actor: the member, or somebody who manages there.
        at: when.
        membership_id: who is away.
        on: the first day of it.
        until: the first day they are back; None if nobody knows yet.
        cover_id: the membership of the person who covers, in the same organisation.

    Raises:
        NotFoundError: there is no such member of the actor's organisation.
        NotAllowedError: it is somebody else's, and the actor does not manage there.
        AbsenceNotPossibleError: they would be back before they went.
        AlreadyDoneError: an absence on some of these days is recorded.
        CoverNotPossibleError: the person to cover is the member or belongs elsewhere; or their roles do not
            let them do that work; or they are away, or not a member, on some of the days, which the message
            names.
    """
    membership = own_membership(actor=actor, membership_id=membership_id, lock=True)
    require(permissions.may_note_absence(actor, membership.organisation_id, membership.user_id))
    if until is not None and until <= on:
        raise AbsenceNotPossibleError(_("The first day back must be after the first day away."))
    if _absences_between(membership, on, until):
        raise AlreadyDoneError(_("An absence on some of these days is already recorded. End that one first."))
    cover = _cover_of(membership, cover_id, on, until) if cover_id else None
    absence = Absence.begin(membership=membership, on=on, until=until, cover=cover)
    record(
        events.ABSENCE_BEGUN,
        actor=actor,
        about=("absence", absence.id),
        member=membership.user.name,
        day=on.isoformat(),
    )
    _name_cover(absence, actor=actor, at=at)
    return absence


@command
def change_cover(*, actor: Actor, at: datetime, absence_id: UUID, cover_id: UUID | None) -> Absence:
    """Name somebody else to cover for the rest of an absence, or nobody: both are told.

    What was covered until now stays as it was: the absence ends today, and goes on as another.

    Args:
        actor: the member, or somebody who manages there.
        at: when.
        absence_id: which absence.
        cover_id: the membership of whoever covers from now on; None if nobody does.

    Returns:
        The absence that goes on.

    Raises:
        NotFoundError: there is no such absence in the actor's organisation.
        NotAllowedError: it is somebody else's, and the actor does not manage there.
        AlreadyDoneError: they are back, it is cancelled, or that is who covers.
        CoverNotPossibleError: as for ``begin_absence``.
    """
    today = timezone.localdate(at)
    absence = lock_absence(actor=actor, absence_id=absence_id, on=today)
    if absence.cover_id == cover_id:
        raise AlreadyDoneError(_("Nothing changes: that is who covers now."))
    on, before = max(today, absence.active_from), absence.cover
    cover = _cover_of(absence.membership, cover_id, on, absence.active_to) if cover_id else None
    goes_on = absence.go_on(on=on, cover=cover)
    if before is not None:
        record(
            events.COVER_ENDED,
            actor=actor,
            about=("absence", absence.id),
            cover=before.user.name,
            member=absence.membership.user.name,
            day=on.isoformat(),
        )
        tell_member(before.id, actor=actor, at=at)
    _name_cover(goes_on, actor=actor, at=at)
    return goes_on


@command
def end_absence(*, actor: Actor, at: datetime, absence_id: UUID) -> Absence:
    """Record that a member is back today; an absence still to come is cancelled.

    Raises:
        NotFoundError: there is no such absence in the actor's organisation.
        NotAllowedError: it is somebody else's, and the actor does not manage there.
        AlreadyDoneError: they are back, or it is cancelled.
    """
    today = timezone.localdate(at)
    absence = lock_absence(actor=actor, absence_id=absence_id, on=today)
    whose = absence.membership
    if absence.active_from > today:
        absence.cancel()
        ended, day = events.ABSENCE_CANCELLED, absence.active_from
    else:
        absence.end(on=today)
        ended, day = events.ABSENCE_ENDED, today
    about = ("absence", absence.id)
    record(ended, actor=actor, about=about, member=whose.user.name, day=day.isoformat())
    return absence


def _name_cover(absence: Absence, *, actor: Actor, at: datetime) -> None:
    """Record who covers, if anybody does, and tell them."""
    if absence.cover is None:
        return
    record(
        events.COVER_NAMED,
        actor=actor,
        about=("absence", absence.id),
        cover=absence.cover.user.name,
        member=absence.membership.user.name,
        day=absence.active_from.isoformat(),
    )
    tell_member(absence.cover.id, actor=actor, at=at)


def _cover_of(membership: Membership, cover_id: UUID, on: date, until: date | None) -> Membership:
    """Return the membership of the person who covers, if they can on each of the days."""
    cover = (
        Membership.objects.select_related("user")
        .filter(organisation_id=membership.organisation_id, id=cover_id)
        .exclude(id=membership.id)
        .first()
    )
    if cover is None:
        raise CoverNotPossibleError(_("Choose another member of the same organisation to cover."))
    if not may_stand_in(cover.roles, away=membership.roles):
        raise CoverNotPossibleError(
            _(
                "%(cover)s cannot cover for %(name)s, because their role does not let them do that work. "
                "Choose somebody whose role does, or leave it at nobody yet and tell a manager."
            )
            % {"cover": cover.user.name, "name": membership.user.name}
        )
    if missing := days_in_both([*_no_member(cover), *_absences_between(cover, on, until)], (on, until)):
        raise CoverNotPossibleError(
            _(
                "%(name)s is away, or is not a member, on some of these days. Not covered: %(days)s. Choose "
                "somebody else, or record these days as an absence of their own that another member covers."
            )
            % {"name": cover.user.name, "days": "; ".join(map(_in_words, missing))}
        )
    return cover


def _no_member(membership: Membership) -> list[Days]:
    """The days before a membership begins, and those after it ends."""
    before: Days = (date.min, membership.active_from)
    return [before] if membership.active_to is None else [before, (membership.active_to, None)]


def _absences_between(membership: Membership, on: date, until: date | None) -> list[Days]:
    during = Absence.objects.not_over_on(on).filter(membership=membership)
    if until is not None:
        during = during.filter(active_from__lt=until)
    return list(during.values_list("active_from", "active_to"))


def _in_words(days: Days) -> str:
    first, after = days
    if after is None:
        return _("%(day)s and every day after") % {"day": day_in_words(first)}
    last = after - timedelta(days=1)
    if last == first:
        return day_in_words(first)
    return _("%(first)s to %(last)s") % {"first": day_in_words(first), "last": day_in_words(last)}

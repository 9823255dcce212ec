"""Who of those needed at a meeting is away, or at another meeting, whatever case that is about."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.rules import may_stand_in
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm.models import Invited, Lead, Meeting
from alongside.casework.marm.rules.diary import LONGEST, Clash, overlap
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.operations.running import beyond_reach


def clashes_of(
    meeting: Meeting, *, invited: Collection[Invited], leader: Lead | None, actor: Actor
) -> list[Clash]:
    """Return who cannot be there, by name: the chair, whoever leads, and those who said they are coming.

    Part of a query that has checked who asks. Other meetings are read beyond the actor's reach, and
    nothing is told of them except that somebody is busy.
    """
    needed = {meeting.chair.user_id: meeting.chair.user.name}
    if leader is not None:
        needed[leader.member.user_id] = leader.member.user.name
    needed |= {
        each.answered_by_id: each.answered_by
        for each in invited
        if each.answered_by_id and each.coming == Coming.COMES
    }
    day = timezone.localdate(meeting.begins_at)
    away = {
        name: Clash(name, away=True, cover=cover if at_work and may_stand_in(covers, away=roles) else "")
        for name, roles, cover, covers, at_work in _away(accounts=list(needed), day=day)
    }
    busy = {needed[account] for account in _elsewhere(meeting, actor) if account in needed}
    return [away.get(name) or Clash(name) for name in sorted(busy | away.keys())]


@composed_once
def _away(*, accounts: list[UUID], day: date) -> QuerySet[Absence, Any]:
    at_work = Membership.objects.present_on(day).filter(id=OuterRef("cover"))
    absences = Absence.objects.on(day).filter(among("membership__user", accounts))
    return absences.annotate(at_work=Exists(at_work)).values_list(
        "membership__user__name", "membership__roles", "cover__user__name", "cover__roles", "at_work"
    )


@composed_once
def _others(*, meeting: UUID, after: datetime, before: datetime) -> QuerySet[Meeting, Any]:
    leads = Lead.objects.filter(
        case=OuterRef("case_id"), until=None, declined_at=None, accepted_at__isnull=False
    ).values("member__user_id")
    come = Invited.objects.filter(
        meeting=OuterRef("id"), coming=Coming.COMES, answered_by_id__isnull=False
    ).values("answered_by_id")
    near = Meeting.objects.exclude(id=meeting).filter(
        cancelled_at=None, begins_at__gt=after, begins_at__lt=before
    )
    return near.values_list(
        "begins_at", "minutes", "chair__user_id", ArraySubquery(leads), ArraySubquery(come)
    )


def _elsewhere(meeting: Meeting, actor: Actor) -> set[UUID]:
    """Accounts of those needed at another meeting that overlaps this one."""
    first, last = meeting.begins_at - LONGEST, meeting.begins_at + LONGEST
    with beyond_reach(actor):
        others = _others(meeting=meeting.id, after=first, before=last)
    return {
        account
        for begins_at, minutes, chair, leading, coming in others
        if overlap(meeting.begins_at, meeting.minutes, begins_at, minutes)
        for account in (chair, *leading, *coming)
    }

"""Case audits: drawn at random, looked into without a name, closed with what was learnt and then changed."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import AuditAnswer, CaseAudit
from alongside.casework.marm.queries.case_audits import get_sampled, lock_audit, lookers_on
from alongside.casework.marm.queries.case_facts import cases_of_period, facts_of
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.case_audits import (
    Learnt,
    Said,
    drawn,
    wrong_with_answers,
    wrong_with_learnt,
    wrong_with_period,
)
from alongside.casework.notices.commands import tell_named
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach

FEWEST_AGENCIES = 2


class CannotDrawError(CaseworkError):
    """No such sample can be drawn, or it could point to individual people."""


@command
def begin_case_audit(
    *, actor: Actor, at: datetime, first: date, last: date, size: int, members: Collection[UUID]
) -> CaseAudit:
    """Draw cases at random from all that were open in a period, and ask members of agencies to look.

    The draw covers all the partnership's cases, whoever takes part; whoever begins it is shown none of them.

    Raises:
        NotAllowedError: the actor does not co-ordinate.
        NoApproachError: the area pack does not say how agencies meet.
        CannotDrawError: the pack has no questions, the period or size is wrong, or there are too few cases.
        NotFoundError: somebody who was named may not look.
    """
    require(permissions.may_coordinate(actor))
    pack, today = marm_pack().case_audits, timezone.localdate(at)
    if not pack.questions:
        raise CannotDrawError(_("The area pack names no questions for case audits."))
    if wrong := wrong_with_period(first, last, size=size, at_least=pack.at_least, today=today):
        raise CannotDrawError(f"{next(iter(wrong.values()))}.")
    lookers = list(lookers_on(today).filter(id__in=members))
    if len(lookers) != len(set(members)):
        raise NotFoundError(_("Somebody you named may not look into cases now. Choose again."))
    if len({each.organisation_id for each in lookers}) < FEWEST_AGENCIES:
        raise CannotDrawError(_("Choose members of at least two agencies, so that they learn together."))
    seed = secrets.randbits(62)
    with beyond_reach(actor):
        cases = cases_of_period(first, last)
        if len(cases) < size:
            raise CannotDrawError(
                _("Fewer cases than that were open in this period. Choose a longer period, or fewer cases.")
            )
        sample = drawn(cases, size=size, seed=seed)
        facts = facts_of(sample, at)
        audit = CaseAudit.begin(
            organisation_id=actor.member_of, period=(first, last), seed=seed, of_cases=len(cases),
            at_least=pack.at_least, sample=[(each, facts[each]) for each in sample], members=lookers,
            questions=[
                {"code": each.code, "ask": each.ask, "fact": each.fact or ""} for each in pack.questions
            ],
            by=actor.name, by_id=actor.account, at=at,
        )  # fmt: skip
    record(
        events.CASE_AUDIT_BEGUN, actor=actor, about=("case_audit", audit.id), size=size, of_cases=len(cases)
    )
    for each in lookers:
        tell_named(each.user.name, each.organisation_id, actor=actor, at=at)
    return audit


@command
def answer_case_audit(
    *, actor: Actor, at: datetime, audit_id: UUID, number: int, said: Mapping[str, Said]
) -> None:
    """Save what one member looking into a case says about it, by its number.

    Raises:
        NotFoundError: there is no such number, or the actor is not named to look.
        AlreadyDoneError: the audit is closed, or they answered this one.
        UnsaidError: a question is not answered, or it does not say what falls short.
    """
    require(permissions.may_look_into_cases(actor))
    audit = lock_audit(actor=actor, audit_id=audit_id)
    looker, sampled = get_sampled(actor=actor, audit_id=audit_id, number=number)
    if audit.closed_at is not None:
        raise AlreadyDoneError(_("This case audit is closed."))
    if AuditAnswer.objects.filter(sampled=sampled, looker=looker).exists():
        raise AlreadyDoneError(_("You have already looked into this one."))
    if wrong := wrong_with_answers(said, audit.for_people):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    AuditAnswer.keep(
        sampled=sampled, looker=looker, said={code: said[code] for code in audit.for_people}, at=at
    )
    record(events.CASE_AUDIT_ANSWERED, actor=actor, about=("case_audit", audit.id), number=number)


@command
def close_case_audit(*, actor: Actor, at: datetime, audit_id: UUID, learnt: Learnt) -> CaseAudit:
    """Close an audit with what was learnt, what will change, and who will see to it by when.

    Raises:
        NotFoundError: there is none that the actor can see, or the named owner is no longer a member.
        NotAllowedError: another organisation began it.
        AlreadyDoneError: it is closed.
        UnsaidError: something is missing, or nobody looked yet.
    """
    require(permissions.may_coordinate(actor))
    audit = lock_audit(actor=actor, audit_id=audit_id)
    require(permissions.may_close_case_audit(actor, audit))
    if audit.closed_at is not None:
        raise AlreadyDoneError(_("This case audit is closed."))
    today = timezone.localdate(at)
    if wrong := wrong_with_learnt(learnt, today=today):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    if not AuditAnswer.objects.filter(sampled__audit=audit).exists():
        raise UnsaidError(_("Nobody has looked into a case yet."))
    owner = lookers_on(today).filter(id=learnt.owner_id).first()
    if owner is None:
        raise NotFoundError(_("You can no longer choose that member. Choose somebody else."))
    audit.close(learnt, by=actor.name, by_id=actor.account, at=at)
    record(events.CASE_AUDIT_CLOSED, actor=actor, about=("case_audit", audit.id))
    tell_named(owner.user.name, owner.organisation_id, actor=actor, at=at)
    return audit


@command
def note_what_changed(*, actor: Actor, at: datetime, audit_id: UUID, words: str) -> CaseAudit:
    """Write down what has changed after an audit: until then it is on the day of whoever sees to it.

    Raises:
        NotFoundError: there is none that the actor can see.
        NotAllowedError: somebody else sees to it, and another organisation began it.
        AlreadyDoneError: it is not closed yet, or somebody has written it down.
        UnsaidError: there are no words.
    """
    require(permissions.may_see_case_audits(actor))
    audit = lock_audit(actor=actor, audit_id=audit_id)
    require(permissions.may_say_what_changed(actor, audit))
    if audit.closed_at is None:
        raise AlreadyDoneError(_("This case audit is still open. First close it, with what will change."))
    if audit.changed_at is not None:
        raise AlreadyDoneError(_("%(name)s has already written this down.") % {"name": audit.changed_by})
    if not words.strip():
        raise UnsaidError(_("Say what has changed."))
    audit.note_changed(words, by=actor.name, by_id=actor.account, at=at)
    record(events.CASE_AUDIT_CHANGED, actor=actor, about=("case_audit", audit.id))
    return audit

"""What agencies disagree about: raised, taken step by step, settled; and who is told that a step is late.

Nothing else in the case waits for it.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Action, Case, CaseDispute, DisputeRung
from alongside.casework.marm.queries.disputes import action_of, get_dispute, late_rungs, with_whom
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.disputes import CameOf, Differs, Rung, rung_at, wrong_with_dispute
from alongside.casework.notices.commands import tell_holders, tell_members, tell_named, tell_those_who_may
from alongside.casework.operations import command


class NoLadderError(CaseworkError):
    """The area pack names no step, or no further one, for settling what agencies disagree about."""


class NothingLateError(AlreadyDoneError):
    """Everybody who should be told of a late step has been told."""


@command
def raise_dispute(
    *,
    actor: Actor,
    at: datetime,
    case_id: UUID,
    against_id: UUID,
    differs: Differs,
    action_id: UUID | None = None,
) -> CaseDispute:
    """Say that the actor's agency disagrees with another. It begins at the lowest step; the case goes on.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in, no such action of
            it, or the other agency neither takes part nor was asked to.
        AlreadyDoneError: the actor's agency has already raised the same, and it is not settled.
        UnsaidError: something is missing, such as what happens meanwhile.
        NoLadderError: the area pack names no steps.
    """
    require(permissions.may_take_part(actor))
    case = lock_case(actor=actor, case_id=case_id)
    action = action_of(case, action_id)
    return put_dispute(actor=actor, at=at, case=case, against_id=against_id, differs=differs, action=action)


def put_dispute(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    against_id: UUID,
    differs: Differs,
    action: Action | None = None,
) -> CaseDispute:
    """Save a dispute in a locked case and tell those it concerns. For commands that checked who asks.

    Raises:
        NotFoundError, AlreadyDoneError, UnsaidError, NoLadderError: as ``raise_dispute``.
    """
    against = with_whom(case, actor.member_of).filter(id=against_id).first()
    if against is None:
        raise NotFoundError(_("That is not another agency in this case."))
    if wrong := wrong_with_dispute(differs):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    first = rung_at(marm_pack().dispute_ladder, 1, at=at)
    if first is None:
        raise NoLadderError(
            _("The area pack names no steps for settling a dispute. Ask whoever keeps the pack to add them.")
        )
    same = case.disputes.standing().filter(
        organisation_id=actor.member_of, against=against, about=differs.about, action=action
    )
    if (action is not None and same.exists()) or same.filter(words=differs.words.strip()).exists():
        raise AlreadyDoneError(_("Your organisation has already raised this, and it is not settled yet."))
    made = CaseDispute.put(
        case=case, organisation_id=actor.member_of, against_id=against.id, differs=differs, action=action,
        rung=first, by=actor.name, by_id=actor.account, at=at,
    )  # fmt: skip
    record(
        events.DISPUTE_RAISED, actor=actor, person_id=case.person_id, about=("dispute", made.id),
        what=differs.about.value,
    )  # fmt: skip
    _tell_both_and_who_steers(made, actor=actor, at=at)
    return made


@command
def settle_dispute(
    *, actor: Actor, at: datetime, case_dispute_id: UUID, opened_rung: int, came: CameOf, words: str
) -> DisputeRung:
    """Write down how it was settled: by agreement, or by decision of the last step.

    Args:
        actor: of one of the two agencies, who leads, or a co-ordinator of the case.
        at: when.
        case_dispute_id: which dispute.
        opened_rung: the step at which it stood when they opened it.
        came: settled, or decided, which only the last step can.
        words: what was agreed or decided.

    Raises:
        NotFoundError: there is no such dispute in a case that the actor's organisation takes part in.
        NotAllowedError: the actor is of neither agency, and neither leads nor co-ordinates.
        AlreadyDoneError: it is over.
        StaleError: somebody has taken it to another step in the meantime.
        UnsaidError: nothing was written, or a step before the last was said to have decided.
    """
    dispute, rung = _step(actor, case_dispute_id, opened_rung)
    if not words.strip():
        raise UnsaidError(_("Say what was agreed, or decided."))
    if came is CameOf.TAKEN_UP or (came is CameOf.DECIDED and _next(rung, at) is not None):
        raise UnsaidError(_("Only the last step decides. Settle it, or take it to the next step."))
    rung.end(
        came, words=words, organisation_id=actor.member_of, by=actor.name, by_id=actor.account, at=at
    )  # fmt: skip
    record(
        events.DISPUTE_OVER, actor=actor, person_id=dispute.case.person_id, about=("dispute", dispute.id),
        came=came.value,
    )  # fmt: skip
    _tell_both_and_who_steers(dispute, actor=actor, at=at)
    return rung


@command
def take_dispute_up(
    *, actor: Actor, at: datetime, case_dispute_id: UUID, opened_rung: int, why: str, who: str
) -> DisputeRung:
    """Take it to the next step, by name.

    Args:
        actor: of one of the two agencies, who leads, or a co-ordinator of the case.
        at: when.
        case_dispute_id: which dispute.
        opened_rung: the step at which it stood when they opened it.
        why: why it was not settled at this one.
        who: who will speak to whom at the next step, by name and agency.

    Raises:
        NotFoundError: there is no such dispute in a case that the actor's organisation takes part in.
        NotAllowedError: the actor is of neither agency, and neither leads nor co-ordinates.
        AlreadyDoneError: it is over.
        StaleError: somebody has taken it to another step in the meantime.
        NoLadderError: there is no further step: the last one decides.
        UnsaidError: there is no reason, or nobody is named.
    """
    dispute, rung = _step(actor, case_dispute_id, opened_rung)
    if not why.strip() or not who.strip():
        raise UnsaidError(_("Say why it was not settled, and who will speak now, by name and agency."))
    following = _next(rung, at)
    if following is None:
        raise NoLadderError(_("There is no further step: this one decides. Write down what it decided."))
    rung.end(
        CameOf.TAKEN_UP, words=why, organisation_id=actor.member_of, by=actor.name, by_id=actor.account, at=at
    )
    begun = DisputeRung.begin(dispute=dispute, rung=following, who=who, at=at)
    record(
        events.DISPUTE_TAKEN_UP, actor=actor, person_id=dispute.case.person_id,
        about=("dispute", dispute.id), rung=begun.number,
    )  # fmt: skip
    _tell_both_and_who_steers(dispute, actor=actor, at=at)
    return begun


@command
def tell_of_late_rungs(*, actor: Actor, at: datetime) -> int:
    """Tell whoever raised a dispute, the lead and the co-ordinators that a step is late; return how many.

    Each step once. The notices say that something is waiting, but not what, or about whom.

    Raises:
        NotAllowedError: the actor is not the night's work.
        NothingLateError: they have been told of every late step.
    """
    require(permissions.may_tell_of_late_disputes(actor))
    late = late_rungs(at=at)
    for rung in late:
        dispute = rung.dispute
        rung.note_told_late(at=at)
        tell_named(dispute.raised_by, dispute.organisation_id, actor=actor, at=at)
        _tell_who_steers(dispute.case, actor=actor, at=at)
        record(
            events.DISPUTE_LATE, actor=actor, person_id=dispute.case.person_id, about=("dispute", dispute.id)
        )
    if not late:
        raise NothingLateError(_("Everybody has already been told about each late step."))
    return len(late)


def _step(actor: Actor, case_dispute_id: UUID, opened_rung: int) -> tuple[CaseDispute, DisputeRung]:
    """The dispute and its current step, with the case locked, so that of two at once one comes first."""
    found = get_dispute(actor=actor, case_dispute_id=case_dispute_id)
    case = lock_case(actor=actor, case_id=found.case_id)
    dispute = get_dispute(actor=actor, case_dispute_id=case_dispute_id)
    require(permissions.may_answer_dispute(actor, dispute, leading_now(case).now))
    rung = dispute.rungs.filter(came="").first()
    if rung is None:
        raise AlreadyDoneError(_("This has already been settled or decided."))
    if rung.number != opened_rung:
        raise StaleError(_("Somebody took this to another step while you had it open."))
    return dispute, rung


def _next(rung: DisputeRung, at: datetime) -> Rung | None:
    return rung_at(marm_pack().dispute_ladder, rung.number + 1, at=at)


def _tell_both_and_who_steers(dispute: CaseDispute, *, actor: Actor, at: datetime) -> None:
    tell_named(dispute.raised_by, dispute.organisation_id, actor=actor, at=at)
    if dispute.against_id in dispute.case.taking_part:  # anyone not taking part sees nothing of it
        if dispute.action is not None and dispute.action.owner.organisation_id == dispute.against_id:
            tell_members([dispute.action.owner_id], actor=actor, at=at)
        else:
            tell_those_who_may(
                Permission.CASE_WORK, organisation_id=dispute.against_id, actor=actor, at=at
            )  # fmt: skip
    _tell_who_steers(dispute.case, actor=actor, at=at)


def _tell_who_steers(case: Case, *, actor: Actor, at: datetime) -> None:
    now = leading_now(case).now
    tell_holders([now.member_id if now else None], actor=actor, at=at)
    tell_those_who_may(Permission.CASE_COORDINATE, organisation_id=case.coordinating_id, actor=actor, at=at)

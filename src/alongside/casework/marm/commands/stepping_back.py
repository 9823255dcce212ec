"""An agency steps back and says who now holds what it held; the lead answers that."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.disputes import put_dispute
from alongside.casework.marm.models import CaseAgency, SteppedBack
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.stepping_back import get_stepped_back, held_by
from alongside.casework.marm.rules.disputes import Differs
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.marm.rules.stepping_back import Accepts, SteppingBack, wrong_with_stepping_back
from alongside.casework.notices.commands import tell_holders, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.commands.reaching import end_reach_by_case


class NeededHereError(CaseworkError):
    """The agency co-ordinates or leads, and cannot leave until another does."""


@command
def step_back(*, actor: Actor, at: datetime, case_id: UUID, said: SteppingBack) -> CaseAgency:
    """End the actor's organisation's part in a case, with a reason that stays on the case.

    While the case is open it also says who now holds what it held, and whom it told; the lead answers that.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
        NeededHereError: it co-ordinates the case, or one of its members leads, acts or is asked to lead;
            not if whoever was asked has left, since they can no longer answer.
        UnsaidError: there is no reason, or one of the three answers is missing while the case is open.
        UnfinishedError: a conversation is half written, which nobody there could finish any more.
    """
    require(permissions.may_take_part(actor))
    case = lock_case(actor=actor, case_id=case_id)
    now = leading_now(case)
    asked = now.asked
    if asked is not None and asked.member.is_over_on(timezone.localdate(at)):
        asked = None
    here = [each.member.organisation_id for each in (now.lead, now.acting, asked) if each is not None]
    if case.coordinating_id == actor.organisation_id or actor.organisation_id in here:
        raise NeededHereError(
            _("Your organisation leads or co-ordinates this case. It can leave once somebody else does.")
        )
    is_open = case.stage == Stage.OPEN
    if wrong := wrong_with_stepping_back(said, is_open=is_open):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    agency = case.agencies.get(organisation_id=actor.member_of, until=None)
    held = held_by(case, agency)
    if now.asked is not None and now.asked.member.organisation_id == actor.organisation_id:
        now.asked.end(at=at)
    with beyond_reach(actor):
        case.let_go(agency, why=said.why, at=at)
        if is_open:
            SteppedBack.keep(
                agency=agency, said=said, actions_open=len(held.actions), decisions=len(held.decisions),
                by=actor.name, by_id=actor.account, at=at,
            )  # fmt: skip
    record(events.AGENCY_LEFT, actor=actor, person_id=case.person_id, about=("case", case.id))
    end_reach_by_case(actor=actor, at=at, person_id=case.person_id, case_id=case.id)
    if is_open:
        tell_holders([now.now.member_id if now.now else None], actor=actor, at=at)
        tell_those_who_may(
            Permission.CASE_COORDINATE, organisation_id=case.coordinating_id, actor=actor, at=at
        )
    return agency


@command
def answer_stepping_back(
    *,
    actor: Actor,
    at: datetime,
    stepped_back_id: UUID,
    accepts: Accepts,
    words: str,
    differs: Differs | None = None,
) -> SteppedBack:
    """Say whether it was right that an agency left; if not, that becomes a dispute.

    Args:
        actor: who leads or acts, or a co-ordinator of the case.
        at: when.
        stepped_back_id: which agency's stepping back.
        accepts: whether it is accepted.
        words: who now holds what they held; or what is not right.
        differs: what the dispute says, if it is not accepted.

    Raises:
        NotFoundError: there is none in a case that the actor's organisation takes part in.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates.
        AlreadyDoneError: it was answered, or the same is already disputed.
        UnsaidError: something is missing.
        NoLadderError: it is not accepted, and the area pack names no steps to settle it by.
    """
    case_id = get_stepped_back(actor=actor, stepped_back_id=stepped_back_id).case_id
    case = lock_case(actor=actor, case_id=case_id)
    found = get_stepped_back(actor=actor, stepped_back_id=stepped_back_id)
    require(permissions.may_steer(actor, case, leading_now(case).now))
    if found.answered_at is not None:
        raise AlreadyDoneError(_("%(name)s has already answered this.") % {"name": found.answered_by})
    if not words.strip():
        raise UnsaidError(_("Say who now holds what they held, or what is not right."))
    dispute = None
    if accepts is Accepts.NOT_ACCEPTED:
        if differs is None:
            raise UnsaidError(_("Say what happens meanwhile, and who will speak to whom."))
        dispute = put_dispute(
            actor=actor, at=at, case=case, against_id=found.agency.organisation_id, differs=differs
        )
    found.take_answer(
        accepts, words=words, dispute=dispute, by=actor.name, by_id=actor.account, at=at
    )  # fmt: skip
    record(
        events.LEAVING_ANSWERED, actor=actor, person_id=case.person_id, about=("case", case.id),
        answer=accepts.value,
    )  # fmt: skip
    return found

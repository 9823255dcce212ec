"""Invitations: those into a case, and those to the actor's organisation."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.queries import organisations_by_name
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, CaseAgency, Invitation, SteppedBack
from alongside.casework.marm.queries.agencies import agencies_of, in_touch_with
from alongside.casework.marm.queries.doors import get_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations import query


@dataclass(frozen=True)
class AgenciesPage:
    """Which agencies take part, were invited or could be, and why.

    Attributes:
        case: of which case.
        agencies: who takes part, and who left.
        stepped_back: what agencies said that left while it was open.
        invitations: all of them, the newest first.
        others: the organisations that could be invited.
        in_touch: what the involvement register says each of those does.
        may_invite: whether the reader may invite one.
        may_leave: whether the reader may step back for their organisation.
    """

    case: Case
    agencies: list[CaseAgency]
    stepped_back: list[SteppedBack]
    invitations: list[Invitation]
    others: list[Organisation]
    in_touch: dict[UUID, str]
    may_invite: bool
    may_leave: bool


@query(records=True)
def agencies_page(*, actor: Actor, case_id: UUID) -> AgenciesPage:
    """Return the agencies of a case, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    return _agencies(actor, get_case(actor=actor, case_id=case_id))


@query(records=True)
def agencies_to_invite(*, actor: Actor, case_id: UUID) -> AgenciesPage:
    """Return the same for the form that invites one.

    Raises:
        NotAllowedError: the form would not be accepted.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    require(permissions.may_steer(actor, case, leading_now(case).now))
    return _agencies(actor, case)


def _agencies(actor: Actor, case: Case) -> AgenciesPage:
    in_touch = in_touch_with(person=case.person_id)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return AgenciesPage(
        case=case,
        agencies=agencies_of(case),
        stepped_back=_stepped_back(case=case.id),
        invitations=_invitations(case=case.id),
        others=[each for each in organisations_by_name() if each.id not in case.taking_part],
        in_touch={
            each.organisation_id: each.service
            for each in in_touch
            if each.organisation_id not in case.taking_part
        },
        may_invite=case.stage == Stage.OPEN
        and permissions.may_steer(actor, case, leading_now(case).now).allowed,
        may_leave=case.coordinating_id != actor.organisation_id and permissions.may_take_part(actor).allowed,
    )


@composed_once
def _stepped_back(*, case: UUID) -> QuerySet[SteppedBack]:
    said = SteppedBack.objects.filter(case=case)
    return said.select_related("agency__organisation").order_by("said_at")


@composed_once
def _invitations(*, case: UUID) -> QuerySet[Invitation]:
    asked = Invitation.objects.filter(case=case)
    return asked.select_related("organisation").order_by("-invited_at", "-id")


@query(records=True)
def invitation_to_us(*, actor: Actor, invitation_id: UUID) -> Invitation:
    """Return an unanswered invitation to the actor's organisation, and record that the actor looked.

    Raises:
        NotFoundError: there is no such invitation to the actor's organisation.
        AlreadyDoneError: it was answered.
    """
    invitation = get_invitation(actor=actor, invitation_id=invitation_id)
    require(permissions.may_answer_invitation(actor, invitation))
    record(
        events.INVITATION_SEEN, actor=actor, person_id=invitation.person_id,
        about=("invitation", invitation.id),
    )  # fmt: skip
    must_wait(invitation)
    return invitation


def get_invitation(*, actor: Actor, invitation_id: UUID) -> Invitation:
    """Return an invitation to the actor's organisation.

    Raises:
        NotFoundError: there is none, or another organisation is invited: both get the same answer.
    """
    found = _invitation(invitation=invitation_id, organisation=actor.member_of)
    if not found:
        raise NotFoundError(_("There is no such invitation to your organisation."))
    return found[0]


@composed_once
def _invitation(*, invitation: UUID, organisation: UUID) -> QuerySet[Invitation]:
    to_us = Invitation.objects.filter(id=invitation, organisation_id=organisation)
    return to_us.select_related("from_organisation")


def must_wait(invitation: Invitation) -> None:
    """Continue only if an invitation is still unanswered.

    Raises:
        AlreadyDoneError: it was answered.
    """
    if invitation.state == Answered.ENDED:
        raise AlreadyDoneError(
            _("The case ended before your organisation answered, so there is nothing to answer.")
        )
    if invitation.state != Answered.ASKED:
        raise AlreadyDoneError(
            _("%(name)s has already answered this invitation.") % {"name": invitation.answered_by}
        )

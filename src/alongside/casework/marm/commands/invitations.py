"""Bringing another agency into a case, and its answer."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Case, Invitation
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.invitations import get_invitation, must_wait
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.notices.commands import tell_named, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.commands.reaching import reach_by_case
from alongside.casework.people.models import Person
from alongside.casework.people.queries.telling import must_be_free_to_tell, must_still_be_free_to_tell
from alongside.casework.people.queries.whole import whole


@command
def invite_agency(
    *, actor: Actor, at: datetime, case_id: UUID, organisation_id: UUID, why: str
) -> Invitation:
    """Invite another organisation into a case. It sees who is meant and why, and the case once it accepts.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in, or organisation.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates it.
        AlreadyDoneError: it takes part, was asked and has not answered, or the case is not open.
        UnsaidError: there is no reason.
        ToldAgainstTheirWishError: the person asked for it not to be told.
    """
    require(permissions.may_read_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    require(permissions.may_steer(actor, case, leading_now(case).now))
    if case.stage != Stage.OPEN:
        raise AlreadyDoneError(_("You can only invite agencies while the case is open."))
    asked = Organisation.objects.filter(id=organisation_id).first()
    if asked is None:
        raise NotFoundError(_("There is no such organisation in the partnership."))
    if asked.id in case.taking_part:
        raise AlreadyDoneError(_("%(agency)s is already taking part.") % {"agency": asked.name})
    if case.invitations.filter(organisation=asked, answered_at=None).exists():
        raise AlreadyDoneError(
            _("%(agency)s has already been invited and has not answered.") % {"agency": asked.name}
        )
    if not why.strip():
        raise UnsaidError(_("Say why they are invited: they will decide from what you write."))
    # a choice the person makes meanwhile comes before this or after it, never in between
    Person.objects.select_for_update(of=("self",), no_key=True).get(id=case.person_id)
    must_be_free_to_tell(actor=actor, person_id=case.person_id, organisation_id=asked.id, at=at)
    made = Invitation.ask(
        case=case, who=whole(case.person).told_to_others, organisation_id=asked.id,
        from_organisation_id=actor.member_of, why=why, purpose=actor.purpose, by=actor.name, at=at,
    )  # fmt: skip
    record(
        events.AGENCY_INVITED, actor=actor, person_id=case.person_id, about=("case", case.id),
        organisation=asked.name,
    )  # fmt: skip
    tell_those_who_may(Permission.CASE_WORK, actor=actor, at=at, organisation_id=asked.id)
    return made


@command
def accept_invitation(*, actor: Actor, at: datetime, invitation_id: UUID) -> Case:
    """Take part: the actor's organisation sees the case and the person from now on.

    Raises:
        NotFoundError: there is no such invitation to the actor's organisation.
        AlreadyDoneError: it was answered, or the case has ended.
        WishedOtherwiseSinceError: the person has since asked for the actor's organisation not to be told.
    """
    invitation = _to_answer(actor, invitation_id)
    must_still_be_free_to_tell(
        actor=actor, teller_id=invitation.from_organisation_id, teller=invitation.from_organisation.name,
        purpose=invitation.purpose, person_id=invitation.person_id, at=at,
    )  # fmt: skip
    with beyond_reach(actor):
        case = Case.objects.select_for_update(of=("self",), no_key=True).get(id=invitation.case_id)
        if case.stage != Stage.OPEN:
            raise AlreadyDoneError(_("The case has ended since you were invited."))
        case.take_in(organisation_id=actor.member_of, by=invitation.invited_by, at=at)
    invitation.accept(by=actor.name, at=at)
    record(
        events.INVITATION_ANSWERED, actor=actor, person_id=invitation.person_id, answer="accepted",
        about=("invitation", invitation.id),
    )  # fmt: skip
    # only the record it is about: the database shares others for as long as they are joined, and no longer
    reach_by_case(
        actor=actor, at=at, person_id=case.person_id, organisation_id=actor.member_of, case_id=case.id
    )
    tell_named(invitation.invited_by, invitation.from_organisation_id, actor=actor, at=at)
    return case


@command
def decline_invitation(
    *, actor: Actor, at: datetime, invitation_id: UUID, why_not: WhyNot, words: str
) -> Invitation:
    """Say that the actor's organisation will not take part, and why: the reason is kept with its name.

    Raises:
        NotFoundError: there is no such invitation to the actor's organisation.
        AlreadyDoneError: it was answered.
        UnsaidError: there are no words for it.
    """
    invitation = _to_answer(actor, invitation_id)
    if not words.strip():
        raise UnsaidError(_("Say why, in a sentence."))
    invitation.decline(why_not, words=words, by=actor.name, at=at)
    record(
        events.INVITATION_ANSWERED, actor=actor, person_id=invitation.person_id, answer="declined",
        about=("invitation", invitation.id),
    )  # fmt: skip
    tell_named(invitation.invited_by, invitation.from_organisation_id, actor=actor, at=at)
    return invitation


def _to_answer(actor: Actor, invitation_id: UUID) -> Invitation:
    get_invitation(actor=actor, invitation_id=invitation_id)
    Invitation.objects.select_for_update(of=("self",), no_key=True).get(id=invitation_id)
    invitation = get_invitation(actor=actor, invitation_id=invitation_id)  # read again, once it is locked
    require(permissions.may_answer_invitation(actor, invitation))
    must_wait(invitation)
    return invitation

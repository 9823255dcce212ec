"""Who may do what with concerns and cases. This is about roles; reach decides which people."""

from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.marm.models import (
    Action,
    Case,
    CaseAudit,
    CaseDispute,
    DeclineReview,
    HarmNoted,
    Invitation,
    Lead,
    Meeting,
    SharedRisk,
)

LEADS = Permission.CASE_WORK
"""The permission somebody needs before they can be asked to lead."""


def may_read_concerns(actor: Actor) -> Decision:
    """Whether the actor sees concerns about the people within their reach."""
    return actor.may(Permission.PERSON_READ)


def may_raise_concerns(actor: Actor) -> Decision:
    """Whether the actor may raise one, ask what else it may mean, and send it on."""
    return actor.may(Permission.CONCERN_RAISE)


def may_read_cases(actor: Actor) -> Decision:
    """Whether the actor sees cases that their organisation takes part in."""
    return actor.may(Permission.CASE_READ)


def may_work_on_cases(actor: Actor) -> Decision:
    """Whether the actor may ask for the approach, and take part in it."""
    return actor.may(Permission.CASE_WORK)


def may_coordinate(actor: Actor) -> Decision:
    """Whether the actor answers whoever asks for the approach."""
    return actor.may(Permission.CASE_COORDINATE)


def may_see_drift(actor: Actor) -> Decision:
    """Whether the actor is shown drift about people within their organisation's reach."""
    return may_coordinate(actor)


def may_find_drift(actor: Actor) -> Decision:
    """Whether the actor is a part of the system that may look at everybody."""
    if actor.reach == EVERYBODY:
        return ALLOWED
    return refused("only_the_system", _("Only the nightly check looks at everybody."))


def may_settle(actor: Actor, case: Case) -> Decision:
    """Whether the actor may open or decline this case: asked of their organisation, by somebody else."""
    theirs = (
        ALLOWED
        if case.coordinating_id == actor.organisation_id
        else refused("not_your_organisation", _("Another organisation co-ordinates this case."))
    )
    another = (
        ALLOWED
        if case.asked_by_id != actor.user_id
        else refused("own_request", _("You asked for this yourself: somebody else must look at it."))
    )
    return may_coordinate(actor) & theirs & another


def may_review_declines(actor: Actor, review: DeclineReview) -> Decision:
    """Whether the actor looks again at what was declined: a co-ordinator who neither declined nor asked."""
    theirs = (
        ALLOWED
        if review.organisation_id == actor.organisation_id
        else refused("not_your_organisation", _("Another organisation is looking at this again."))
    )
    another = (
        ALLOWED
        if actor.user_id not in (*review.declined_by_ids, *review.asked_by_ids)
        else refused(
            "own_answer", _("You declined or asked for this yourself: somebody else must look at it again.")
        )
    )
    return may_coordinate(actor) & theirs & another


def may_answer_to_lead(actor: Actor, lead: Lead) -> Decision:
    """Whether it is the actor who was asked to lead."""
    asked = (
        ALLOWED
        if (lead.member.user_id, lead.member.organisation_id) == (actor.user_id, actor.organisation_id)
        else refused("not_asked", _("Somebody else was asked to lead this case."))
    )
    return may_work_on_cases(actor) & asked


def may_coordinate_case(actor: Actor, case: Case) -> Decision:
    """Whether the actor is a co-ordinator of this case."""
    theirs = (
        ALLOWED
        if case.coordinating_id == actor.organisation_id
        else refused("not_your_organisation", _("Another organisation co-ordinates this case."))
    )
    return may_coordinate(actor) & theirs


def _leads(actor: Actor, leading: Lead | None) -> bool:
    """Whether the actor leads or acts now, or covers for whoever does and is away."""
    if leading is None:
        return False
    return leading.member.user_id == actor.user_id or leading.member_id in actor.covers


def may_steer(actor: Actor, case: Case, leading: Lead | None) -> Decision:
    """Whether the actor may ask somebody to lead: whoever leads or acts now, or its co-ordinator.

    So may whoever covers for a lead who is away. The lead stays the one lead, until another accepts.
    """
    if (coordinates := may_coordinate_case(actor, case)).allowed:
        return coordinates
    if _leads(actor, leading):
        return may_work_on_cases(actor)
    return refused("not_leading", _("Only whoever leads this case, or its co-ordinator, can do this."))


def may_take_part(actor: Actor) -> Decision:
    """Whether the actor may speak for their organisation in cases: join, come to meetings, leave."""
    co_ordinates = may_coordinate(actor)
    return co_ordinates if co_ordinates.allowed else may_work_on_cases(actor)


def may_have_a_day(actor: Actor) -> Decision:
    """Whether anything in cases may wait for the actor: as who takes part, or as who is named in an audit."""
    takes_part = may_take_part(actor)
    return takes_part if takes_part.allowed else may_look_into_cases(actor)


def may_answer_invitation(actor: Actor, invitation: Invitation) -> Decision:
    """Whether the actor may answer for the organisation that is invited."""
    theirs = (
        ALLOWED
        if invitation.organisation_id == actor.organisation_id
        else refused("not_invited", _("Another organisation is invited."))
    )
    return may_take_part(actor) & theirs


def may_minute(actor: Actor, meeting: Meeting, leading: Lead | None) -> Decision:
    """Whether the actor may write and close minutes: whoever chairs, leads or acts, or a co-ordinator."""
    if meeting.chair.user_id == actor.user_id and meeting.chair.organisation_id == actor.organisation_id:
        return may_take_part(actor)
    steers = may_steer(actor, meeting.case, leading)
    if steers.allowed:
        return steers
    return refused(
        "not_minuting", _("Only the chair, whoever leads the case or its co-ordinator can write the minutes.")
    )


def may_accept_action(actor: Actor, action: Action) -> Decision:
    """Whether this action is the actor's to accept."""
    theirs = (
        ALLOWED
        if (action.owner.user_id, action.owner.organisation_id) == (actor.user_id, actor.organisation_id)
        else refused("not_owner", _("Only the owner of this action can accept it."))
    )
    return may_work_on_cases(actor) & theirs


def may_update_action(actor: Actor, action: Action, leading: Lead | None) -> Decision:
    """Whether the actor may update an action: its owner, somebody in their agency, or whoever leads."""
    theirs = (
        ALLOWED
        if action.owner.organisation_id == actor.organisation_id or _leads(actor, leading)
        else refused(
            "not_owner",
            _("Only the action's owner, somebody in their agency or whoever leads the case can update it."),
        )
    )
    return may_work_on_cases(actor) & theirs


def may_chase_actions(actor: Actor) -> Decision:
    """Whether the actor is the nightly job, which tells of what is late in every case."""
    return (
        ALLOWED
        if actor.reach == EVERYBODY
        else refused("not_the_night", _("Only the nightly job tells people about late actions."))
    )


def may_answer_dispute(actor: Actor, dispute: CaseDispute, leading: Lead | None) -> Decision:
    """Whether the actor may say what came of a dispute: either agency, whoever leads, or a co-ordinator."""
    if actor.organisation_id in (dispute.organisation_id, dispute.against_id):
        return may_take_part(actor)
    steers = may_steer(actor, dispute.case, leading)
    if steers.allowed:
        return steers
    return refused(
        "not_of_the_dispute",
        _("Only the two agencies, whoever leads the case or its co-ordinator can say how it is settled."),
    )


def may_tell_of_late_disputes(actor: Actor) -> Decision:
    """Whether the actor is the nightly job, which tells of what is late in every case."""
    return may_chase_actions(actor)


def may_answer_what_remains(actor: Actor, shared: SharedRisk) -> Decision:
    """Whether the actor may answer for the agency that was asked."""
    theirs = (
        ALLOWED
        if shared.organisation_id == actor.organisation_id
        else refused("not_asked", _("Another organisation was asked about this."))
    )
    return may_take_part(actor) & theirs


def may_answer_harm(actor: Actor, harm: HarmNoted, leading: Lead | None) -> Decision:
    """Whether the actor may say if a review is asked for: whoever noted it or leads, or a co-ordinator."""
    if harm.noted_by_id == actor.account:
        return may_take_part(actor)
    return may_steer(actor, harm.case, leading)


def may_read_case_audits(actor: Actor) -> Decision:
    """Whether the actor sees the results of all case audits, in numbers."""
    return actor.may(Permission.CASE_AUDIT_READ)


def may_look_into_cases(actor: Actor) -> Decision:
    """Whether the actor may be named to look into the cases of an audit."""
    return actor.may(Permission.CASE_READ)


def may_see_case_audits(actor: Actor) -> Decision:
    """Whether the actor sees any case audit: all of them, or those that ask something of them."""
    reads = may_read_case_audits(actor)
    return reads if reads.allowed else may_look_into_cases(actor)


def may_say_what_changed(actor: Actor, audit: CaseAudit) -> Decision:
    """Whether the actor may write down what has changed: its owner, or who may close the audit."""
    owner = audit.owner
    if owner and (owner.user_id, owner.organisation_id) == (actor.user_id, actor.organisation_id):
        return may_look_into_cases(actor)
    return may_close_case_audit(actor, audit)


def may_close_case_audit(actor: Actor, audit: CaseAudit) -> Decision:
    """Whether the actor may close this audit: a co-ordinator of the organisation that began it."""
    theirs = (
        ALLOWED
        if audit.organisation_id == actor.organisation_id
        else refused("not_your_organisation", _("Another organisation began this case audit."))
    )
    return may_coordinate(actor) & theirs

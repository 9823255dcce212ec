"""Who may look at runs, release them, answer for links and ask about data."""

from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.sources.models import DataQuestion


def may_read_runs(actor: Actor) -> Decision:
    """Say whether the actor may see the counts, quality and basis of runs, and what was released."""
    return actor.may(Permission.RELEASE_READ)


def may_release(actor: Actor) -> Decision:
    """Say whether the actor may decide that a run is acted on: only a member, never a part of the system."""
    member = (
        ALLOWED
        if actor.user_id is not None and actor.organisation_id is not None
        else refused("not_a_member", _("Only a member of an organisation can release people to others."))
    )
    return actor.may(Permission.RELEASE_APPROVE) & member


def may_review_links(actor: Actor) -> Decision:
    """Say whether the actor may look at doubtful pairs of records and settle them."""
    return actor.may(Permission.LINK_REVIEW)


def may_hand_over_objections(actor: Actor) -> Decision:
    """Say whether the actor may tell the next run who to leave out: only a part of the system may."""
    return (
        ALLOWED
        if actor.reach == EVERYBODY
        else refused("not_the_system", _("Only the system itself can tell the next run who to leave out."))
    )


def may_ask_about_data(actor: Actor) -> Decision:
    """Say whether the actor may put a question to the owner of a source."""
    return actor.may(Permission.DATA_QUESTION)


def may_speak_in(actor: Actor, question: DataQuestion) -> Decision:
    """Say whether the actor may write in a thread: those who asked and those who own the source."""
    theirs = (
        ALLOWED
        if actor.organisation_id in (question.asked_by_organisation_id, question.owner_id)
        else refused(
            "not_your_thread", _("This thread is between those who asked and those who own the data.")
        )
    )
    return actor.may(Permission.DATA_QUESTION) & theirs

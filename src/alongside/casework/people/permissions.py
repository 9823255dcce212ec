"""Who may do what with people's records. This is about roles; which people is a matter of reach."""

from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.people.models import ChronologyEntry, EmergencyAccess, KnownTo
from alongside.casework.people.rules import MOST_MISSES


def may_read_people(actor: Actor) -> Decision:
    """Say whether the actor may see the people their organisation has a reach to."""
    return actor.may(Permission.PERSON_READ)


def may_change_people(actor: Actor) -> Decision:
    """Say whether the actor may change what is known of a person."""
    return actor.may(Permission.PERSON_EDIT)


def may_be_shown_protected_addresses(actor: Actor) -> Decision:
    """Say whether the actor is shown an address that is kept from others: a manager, whom others then ask."""
    return may_change_people(actor) & actor.may(Permission.TEAM_MANAGE)


def may_add_to_chronology(actor: Actor) -> Decision:
    """Say whether the actor may add to a person's chronology."""
    return actor.may(Permission.CHRONOLOGY_ADD)


def may_correct(actor: Actor, entry: ChronologyEntry) -> Decision:
    """Say whether the actor may correct an entry: it is their organisation's, and not itself a correction."""
    told = (
        ALLOWED
        if entry.organisation_id == actor.organisation_id
        else refused(
            "told_by_another",
            _(
                "%(organisation)s wrote this, and only they can correct it. Tell them what is wrong, or "
                "add what you know as an entry of your own."
            )
            % {"organisation": entry.organisation.name},
        )
    )
    original = (
        ALLOWED
        if entry.corrects_id is None
        else refused("is_a_correction", _("This is itself a correction. Correct the original entry again."))
    )
    return may_add_to_chronology(actor) & told & original


def may_ask_whether_known(actor: Actor) -> Decision:
    """Say whether the actor may ask another agency whether a person is known to it."""
    return actor.may(Permission.KNOWN_TO_ASK)


def may_answer(actor: Actor, question: KnownTo) -> Decision:
    """Say whether the actor may answer a question: it must be one asked of their own organisation."""
    own = (
        ALLOWED
        if question.asked_of_id == actor.organisation_id
        else refused(
            "not_asked_of_you", _("Another organisation was asked this, and only they can answer it.")
        )
    )
    return actor.may(Permission.KNOWN_TO_ANSWER) & own


def may_read_note_on_answer(actor: Actor, question: KnownTo) -> Decision:
    """Say whether the actor may read the note on an answer and whom to talk to, not only the answer.

    It is for whoever asked, and not for all that see the record; in an emergency all of it is read.
    """
    if actor.organisation_id in (question.asked_by_id, question.asked_of_id):
        return ALLOWED
    if question.person_id in actor.emergency_people:
        return ALLOWED
    return refused(
        "between_two_others", _("Only the organisation that asked and the one that answered can read this.")
    )


def may_merge(actor: Actor) -> Decision:
    """Say whether the actor may join two records as one person, or separate them again."""
    return actor.may(Permission.PERSON_MERGE)


def may_open_in_emergency(actor: Actor) -> Decision:
    """Say whether the actor may open a record outside their reach in an emergency."""
    return actor.may(Permission.BREAK_GLASS)


def may_try_again(misses: int) -> Decision:
    """Say whether the actor may try again to open a record in an emergency, after some tries found nobody."""
    if misses < MOST_MISSES:
        return ALLOWED
    return refused(
        "too_many_misses",
        _(
            "%(MOST_MISSES)s tries within an hour found nobody, and you cannot try again until "
            "the hour is over. If somebody is in danger now, call 999. Otherwise "
            "phone the agency that knows the person."
        )
        % {"MOST_MISSES": MOST_MISSES},
    )


def may_review_emergencies(actor: Actor) -> Decision:
    """Say whether the actor may review emergency accesses at all."""
    return actor.may(Permission.BREAK_GLASS_REVIEW)


def may_review_emergency(actor: Actor, access: EmergencyAccess) -> Decision:
    """Say whether the actor may review an emergency access: never their own."""
    another = (
        ALLOWED
        if access.user_id != actor.user_id
        else refused("own_access", _("Somebody else must review your own emergency access."))
    )
    return may_review_emergencies(actor) & another


def may_let_reach_lapse(actor: Actor, organisation_id: UUID) -> Decision:
    """Say whether the actor may end what a release let an organisation see: their own, or the nightly job."""
    own = (
        ALLOWED
        if actor.reach == EVERYBODY or organisation_id == actor.organisation_id
        else refused("not_yours_to_end", _("You cannot end what another organisation may see."))
    )
    return actor.may(Permission.WORKLIST_WORK) & own


def may_give_reach_by_case(actor: Actor) -> Decision:
    """Say whether the actor may let an organisation see a person because it takes part in a case."""
    work, co_ordinate = actor.may(Permission.CASE_WORK), actor.may(Permission.CASE_COORDINATE)
    return co_ordinate if co_ordinate.allowed else work


def may_gain_reach_by_referral(actor: Actor) -> Decision:
    """Say whether the actor may let their organisation see a person by accepting a referral."""
    return actor.may(Permission.REFERRAL_ANSWER)

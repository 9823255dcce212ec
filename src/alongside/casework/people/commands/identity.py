"""Two records that are one person, and a record opened in an emergency."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import events, permissions
from alongside.casework.people.models import EmergencyAccess, Person, PersonMerge, Reach
from alongside.casework.people.queries import get_person, must_have_reach
from alongside.casework.people.rules import is_named

SHORTEST_REASON = 20
"""Letters of a reason for an emergency access: "urgent" is none."""
VERDICTS = ("justified", "not_justified", "unclear")


class OnePersonAlreadyError(AlreadyDoneError):
    """The two records are one person's already."""


class TwoNumbersError(CaseworkError):
    """Two different NHS numbers that both pass their check are two people's."""


class ReasonTooShortError(CaseworkError):
    """An emergency needs a reason that somebody else can follow."""


class ReviewedAlreadyError(AlreadyDoneError):
    """This emergency access was reviewed."""


@command
def merge_people(*, actor: Actor, at: datetime, kept_id: UUID, absorbed_id: UUID, reason: str) -> PersonMerge:
    """Say that two records are one person. Neither loses anything; ``part_people`` undoes it whole.

    Whoever may see one of them may see both, for as long as they are joined.

    Raises:
        NotFoundError: one of them is not there or not the actor's to see.
        OnePersonAlreadyError: they are one already.
        OnlyInEmergencyError: the actor sees one of them in an emergency only.
        StaleError: somebody else joined one of them with another at this moment.
        TwoNumbersError: they have two different NHS numbers.
    """
    require(permissions.may_merge(actor))
    kept, absorbed = (get_person(actor=actor, person_id=each) for each in (kept_id, absorbed_id))
    if kept.id == absorbed.id:
        raise OnePersonAlreadyError(_("These two records are one person's already."))
    must_have_reach(actor=actor, people=[kept, absorbed])
    locked = Person.objects.locked(kept.id, absorbed.id)
    kept, absorbed = locked[kept.id], locked[absorbed.id]
    if kept.merged_into_id or absorbed.merged_into_id:
        raise StaleError(
            _(
                "Somebody else joined one of these records with another at this moment. Look at the "
                "page again."
            )
        )
    if kept.nhs_number and absorbed.nhs_number and kept.nhs_number != absorbed.nhs_number:
        raise TwoNumbersError(
            _(
                "These two records have different NHS numbers, so they are two people, or one number "
                "was written on the wrong record: put that right first."
            )
        )
    merge = PersonMerge.join(
        kept=kept,
        absorbed=absorbed,
        reason=reason,
        by=actor.account,
        by_organisation_id=actor.member_of,
        at=at,
    )
    absorbed.point_to(kept)
    Reach.share(person_id=kept.id, at=at)
    record(events.MERGED, actor=actor, person_id=kept.id, about=("person_merge", merge.id))
    return merge


@command
def part_people(*, actor: Actor, at: datetime, merge_id: UUID, why: str) -> None:
    """Say that two records are two people after all: each is again what it was, seen by whom it was seen.

    Raises:
        NotFoundError: there is no such merge, or it was undone, or it is not the actor's to see.
    """
    require(permissions.may_merge(actor))
    merge = (
        PersonMerge.objects.select_for_update(of=("self",))
        .select_related("absorbed")
        .filter(id=merge_id, undone_at=None)
        .first()
    )
    if merge is None:
        raise NotFoundError(_("There is no such merge, or it was undone already."))
    Person.objects.locked(get_person(actor=actor, person_id=merge.kept_id).id, merge.absorbed_id)
    merge.undo(by=actor.account, at=at, why=why)
    merge.absorbed.point_to(None)
    record(events.PARTED, actor=actor, person_id=merge.kept_id, about=("person_merge", merge.id))
    for each in (merge.kept_id, merge.absorbed_id):
        Reach.share(person_id=each, at=at)


@command
def open_in_emergency(
    *, actor: Actor, at: datetime, surname: str, date_of_birth: date, reason: str
) -> EmergencyAccess:
    """Open the record of somebody outside one's reach, for a day, to keep them or others safe.

    The person must be named exactly; it is recorded, shown on every page meanwhile, and reviewed by the
    information governance lead. The actor's next request sees the person.

    Raises:
        ReasonTooShortError: the reason is too short for anybody to follow.
        NotFoundError: there is nobody of that surname and birthday, or more than one.
    """
    require(permissions.may_open_in_emergency(actor))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShortError(
            _(
                "Say in a sentence what the emergency is: somebody else will read it and must be "
                "able to follow."
            )
        )
    with beyond_reach(actor):
        meant = [
            each
            for each in Person.objects.current().filter(date_of_birth=date_of_birth)
            if is_named(surname, surname=each.surname, other_names=each.other_names, known_as=each.known_as)
        ]
        if len(meant) != 1:
            raise NotFoundError(
                _("There is nobody of exactly that surname and date of birth, or more than one.")
            )
        access = EmergencyAccess.begin(
            person=meant[0],
            user_id=actor.account,
            user_name=actor.name,
            organisation_id=actor.member_of,
            reason=reason.strip(),
            purpose=actor.purpose,
            at=at,
        )
    record(
        events.EMERGENCY_OPENED,
        actor=actor,
        person_id=access.person_id,
        about=("emergency_access", access.id),
        reason=reason.strip(),
    )
    return access


@command
def review_emergency(
    *, actor: Actor, at: datetime, access_id: UUID, verdict: str, note: str
) -> EmergencyAccess:
    """Say afterwards whether an emergency access was justified. Never one's own.

    Raises:
        NotFoundError: there is no such access.
        ReviewedAlreadyError: it was reviewed.
    """
    require(permissions.may_review_emergencies(actor))
    with beyond_reach(actor):
        access = EmergencyAccess.objects.select_for_update().filter(id=access_id).first()
        if access is None or verdict not in VERDICTS:
            raise NotFoundError(_("There is no such emergency access."))
        require(permissions.may_review_emergency(actor, access))
        if access.reviewed_at:
            raise ReviewedAlreadyError(_("This emergency access was reviewed already."))
        access.review(by=actor.account, at=at, verdict=verdict, note=note)
    record(
        events.EMERGENCY_REVIEWED,
        actor=actor.working_for(access.purpose),
        person_id=access.person_id,
        about=("emergency_access", access.id),
        verdict=verdict,
    )
    return access

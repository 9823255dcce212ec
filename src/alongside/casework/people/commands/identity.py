"""Two records of one person: joining them, and separating them again."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import events, permissions
from alongside.casework.people.models import Person, PersonMerge, Reach
from alongside.casework.people.queries import get_person, must_have_reach
from alongside.casework.people.queries.readers import who_comes_to_see


class OnePersonAlreadyError(AlreadyDoneError):
    """The two records are already joined."""


class TwoNumbersError(CaseworkError):
    """Two different NHS numbers that both pass their check belong to two people."""


class JoinedAgainstTheirWishError(CaseworkError):
    """An organisation that the person asked us not to tell would come to see a record."""


@command
def merge_people(*, actor: Actor, at: datetime, kept_id: UUID, absorbed_id: UUID, reason: str) -> PersonMerge:
    """Say that two records are one person. Neither loses anything; ``part_people`` undoes it completely.

    Any organisation that may see one of them may see both, for as long as they are joined. What the person
    asked on either record applies to both.

    Raises:
        NotFoundError: one of them does not exist, or the actor may not see it.
        OnePersonAlreadyError: they are already joined.
        OnlyInEmergencyError: the actor sees one of them in an emergency only.
        StaleError: somebody else has just joined one of them with another.
        TwoNumbersError: they have two different NHS numbers.
        JoinedAgainstTheirWishError: the person asked us not to tell an organisation that sees one of them.
    """
    require(permissions.may_merge(actor))
    kept, absorbed = (get_person(actor=actor, person_id=each) for each in (kept_id, absorbed_id))
    if kept.id == absorbed.id:
        raise OnePersonAlreadyError(_("These two records are already joined."))
    must_have_reach(actor=actor, people=[kept, absorbed])
    locked = Person.objects.locked(kept.id, absorbed.id)
    kept, absorbed = locked[kept.id], locked[absorbed.id]
    if kept.merged_into_id or absorbed.merged_into_id:
        raise StaleError(
            _("Somebody else has just joined one of these records with another. Open the page again.")
        )
    if _have_two_numbers(actor, kept, absorbed):
        raise TwoNumbersError(
            _(
                "These two records have different NHS numbers. Either they are two people, or one number "
                "is on the wrong record: correct that first."
            )
        )
    if names := who_comes_to_see(actor=actor, one=kept.id, other=absorbed.id, at=at).objected:
        raise JoinedAgainstTheirWishError(
            _(
                "The person objects to sharing with: %(names)s. They can see one of these records, and would "
                "see both if you joined them. Ask the person; or decide about sharing first, and give the "
                "ground on which you must share."
            )
            % {"names": ", ".join(names)}
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
    """Say that two records are two people after all: each is what it was before, seen by those who saw it.

    Raises:
        NotFoundError: there is no such merge, it has been undone, or the actor may not see it.
    """
    require(permissions.may_merge(actor))
    merge = (
        PersonMerge.objects.select_for_update(of=("self",), no_key=True)
        .select_related("absorbed")
        .filter(id=merge_id, undone_at=None)
        .first()
    )
    if merge is None:
        raise NotFoundError(_("There is no such merge, or it has already been undone."))
    Person.objects.locked(get_person(actor=actor, person_id=merge.kept_id).id, merge.absorbed_id)
    merge.undo(by=actor.account, at=at, why=why)
    merge.absorbed.point_to(None)
    record(events.PARTED, actor=actor, person_id=merge.kept_id, about=("person_merge", merge.id))
    for each in (merge.kept_id, merge.absorbed_id):
        Reach.share(person_id=each, at=at)


def _have_two_numbers(actor: Actor, *heads: Person) -> bool:
    """Whether any record already joined with either has a different NHS number; reveals nothing else."""
    with beyond_reach(actor):
        records = {each for head in heads for each in Person.objects.records_of(head.id)}
        numbers = Person.objects.filter(id__in=records).exclude(nhs_number="").values_list("nhs_number")
        return numbers.distinct().count() > 1

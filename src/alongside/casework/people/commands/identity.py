"""Two records of one person: joining them, and separating them again."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.asked import Asked
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import events, permissions
from alongside.casework.people.commands.leaving import keep_what_was_cut_off
from alongside.casework.people.models import Person, PersonMerge, Reach
from alongside.casework.people.models.parting import (
    Going,
    Row,
    give_back,
    give_back_corrections,
    parting,
    reach_goes,
)
from alongside.casework.people.queries import get_person, is_visible, must_have_reach
from alongside.casework.people.queries.parting import (
    added_since,
    asked_already,
    going_since,
    rows_seen,
    what_gives,
)
from alongside.casework.people.queries.readers import who_comes_to_see
from alongside.casework.people.queries.separated import changes

WITH_WHAT_GOES: Asked[Callable[[Going, datetime], Collection[str]]] = Asked()
"""What apps above move with rows that go to another person, in the same transaction and seeing all rows; each
returns which rows those were, as the audit trail names them. They are asked from the lowest app up."""


class OnePersonAlreadyError(AlreadyDoneError):
    """The two records are already joined."""


class TwoNumbersError(CaseworkError):
    """Two different NHS numbers that both pass their check belong to two people."""


class JoinedAgainstTheirWishError(CaseworkError):
    """An organisation that the person asked us not to tell would come to see a record."""


class AskedTwiceError(AlreadyDoneError):
    """The same open question would be asked twice about one record."""


@command
def merge_people(*, actor: Actor, at: datetime, kept_id: UUID, absorbed_id: UUID, reason: str) -> PersonMerge:
    """Say that two records are one person. Neither loses anything; ``part_people`` separates them again.

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
def part_people(
    *, actor: Actor, at: datetime, merge_id: UUID, why: str, belongs: Mapping[UUID, UUID] | None = None
) -> UUID:
    """Say that two records are two people after all, and return the one that the actor still sees.

    What was written while they were joined goes to the record it is about (``queries.parting``), and with it
    the reach that it gave; a correction goes with what it corrects. Apps above give back what they keep of
    organisations that saw only the absorbed record. Each is then seen by those who have a reason of their
    own. Everything else that was added meanwhile stays with the kept record.

    Organisations that see less from then on, and those whose rows went, are told (``queries.separated``).

    Args:
        actor: who.
        at: when.
        merge_id: which merge.
        why: how they know.
        belongs: for what the actor can read of it, the id of the record that each row is about, by the row's
            id. Rows that are not named go where they are suggested to.

    Raises:
        NotFoundError: there is no such merge, it has been undone, or the actor may not see it.
        AskedTwiceError: an open question is to go to a record about which it is being asked already, or
            with another that asks the same.
    """
    require(permissions.may_merge(actor))
    merge = (
        PersonMerge.objects.select_for_update(of=("self",), no_key=True)
        .select_related("kept", "absorbed")
        .filter(id=merge_id, undone_at=None)
        .first()
    )
    if merge is None:
        raise NotFoundError(_("There is no such merge, or it has already been undone."))
    Person.objects.locked(get_person(actor=actor, person_id=merge.kept_id).id, merge.absorbed_id)
    readable = rows_seen(merge)
    chosen = {row: to == merge.absorbed_id for row, to in (belongs or {}).items() if row in readable}
    with beyond_reach(actor):
        going = [each.row for each in added_since(merge) if chosen.get(each.row.id, each.goes)]
        _must_not_be_asked_twice(going, merge)
        since = going_since(merge)
        gives = what_gives(since)
    merge.undo(by=actor.account, at=at, why=why)
    merge.absorbed.point_to(None)
    with beyond_reach(actor), parting():
        theirs = Person.objects.records_of(merge.absorbed_id)
        give_back(going, merge.absorbed, at=at)
        give_back_corrections(theirs, merge.absorbed)
        reach_goes(gives, since, at=at)
        moved = [f"{each._meta.label} {each.id}" for each in going]
        for along in WITH_WHAT_GOES:
            moved += along(since, at)
    record(events.PARTED, actor=actor, person_id=merge.kept_id, about=("person_merge", merge.id))
    if moved:
        record(
            events.WRITTEN_GIVEN_BACK,
            actor=actor,
            person_id=merge.absorbed_id,
            about=("person_merge", merge.id),
            moved=len(moved),
            rows=moved,
        )
    for each in (merge.kept_id, merge.absorbed_id):
        Reach.share(person_id=each, at=at)
    with beyond_reach(actor):
        changed = changes(merge)
        merge.note_changes({str(organisation_id): change for organisation_id, change in changed.items()})
    for organisation_id in changed:
        tell_those_who_may(Permission.PERSON_READ, organisation_id=organisation_id, actor=actor, at=at)
    keep_what_was_cut_off(actor=actor, at=at, people=[merge.kept_id, merge.absorbed_id])
    return merge.kept_id if is_visible(actor=actor, person_id=merge.kept_id) else merge.absorbed_id


def _must_not_be_asked_twice(going: Iterable[Row], merge: PersonMerge) -> None:
    for same in asked_already(going, merge.absorbed_id).values():
        raise AskedTwiceError(
            _(
                "The other record would have two open questions to %(organisation)s from the same "
                "organisation. Leave the later question with the record that was kept."
            )
            % {"organisation": same.asked_of.name}
        )


def _have_two_numbers(actor: Actor, *heads: Person) -> bool:
    """Whether any record already joined with either has a different NHS number; reveals nothing else."""
    with beyond_reach(actor):
        records = {each for head in heads for each in Person.objects.records_of(head.id)}
        numbers = Person.objects.filter(id__in=records).exclude(nhs_number="").values_list("nhs_number")
        return numbers.distinct().count() > 1

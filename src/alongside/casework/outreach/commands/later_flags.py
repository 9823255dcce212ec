"""A flag of a later release about somebody who is on the list because of an earlier one."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from alongside.casework.outreach.models import Attempt, Conversation, Judgement, Referral, WorkItem
from alongside.casework.outreach.rules import State
from alongside.casework.sources.models import Flag

BEGUN = (Judgement, Attempt, Conversation, Referral)
"""Any of these on an item is about what its flag says."""


@dataclass(frozen=True)
class Changed:
    """What is done once for many flags.

    Attributes:
        have_it: members who have an item on which a flag was noted, and are to be told.
        for_another: organisations with an item on which a flag for another purpose was noted: their managers
            are to be told.
        overtaken: flags that put nobody on a list any more.
    """

    have_it: set[UUID | None] = field(default_factory=set)
    for_another: set[UUID] = field(default_factory=set)
    overtaken: set[UUID] = field(default_factory=set)


def take_in(item: WorkItem, flag: Flag, *, tier_place: int, at: datetime, changed: Changed) -> bool:
    """Let a later flag count on an item that has an earlier one.

    It takes the place of the earlier one where nobody has the item and nobody began it, and both are of one
    list, for one purpose and about one record: places of two lists cannot be compared, and should two records
    be parted, each needs its own. Otherwise it is noted beside it: what somebody judged, or has open to be
    judged, stays what they read.

    One for another purpose is noted too, earlier or later: its reasons are not for these workers, but that
    there is one is, and the organisation's manager is told. It waits for the item to end.

    Returns:
        Whether anything changed on the item. Nothing does if the flag is not later or was noted, or if
        another is noted that is in force, or if somebody is writing on the item at this moment: then it is
        looked at the next time.
    """
    if item.later_flag_id == flag.id and item.assigned_to_id is not None:
        return False
    locked = _locked(item)
    if locked is None or locked.flag is None:
        return False
    if locked.flag.release.purpose != flag.release.purpose:
        return _note_for_another(locked, flag, at=at, changed=changed)
    # records that were joined may be parted again
    theirs = flag.person_id == locked.flag.person_id and flag.is_of_one_list_with(locked.flag)
    if flag.released_at <= locked.flag.released_at:
        if theirs and flag.released_at < locked.flag.released_at and locked.flag.withdrawn_at is None:
            changed.overtaken.add(flag.id)
        return False
    if theirs and locked.assigned_to_id is None and not _is_begun(locked):
        changed.overtaken.add(locked.flag.id)
        locked.join_flag(flag, tier_place=tier_place)
        return True
    noted = locked.later_flag
    same = noted is not None and noted.release.purpose == flag.release.purpose
    if noted is not None and same and noted.is_in_force(at) and noted.released_at >= flag.released_at:
        return False
    locked.note_later(flag)
    changed.have_it.add(locked.assigned_to_id)
    return True


def _note_for_another(item: WorkItem, flag: Flag, *, at: datetime, changed: Changed) -> bool:
    """Note a flag for another purpose, unless one is noted already that is in force."""
    if item.later_flag is not None and item.later_flag.is_in_force(at):
        return False
    item.note_later(flag)
    changed.for_another.add(item.organisation_id)
    return True


def _locked(item: WorkItem) -> WorkItem | None:
    """The item; None if it has ended, or somebody is writing on it."""
    free = WorkItem.objects.open().select_for_update(of=("self",), no_key=True, skip_locked=True)
    return free.select_related("flag__release", "later_flag__release").filter(id=item.id).first()


def _is_begun(item: WorkItem) -> bool:
    """Whether somebody did something about what its flag says; on what nobody ever had, nobody can."""
    if item.state == State.WAITING:
        return False
    return any(kind.objects.filter(item=item).exists() for kind in BEGUN)

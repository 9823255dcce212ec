"""Let go of what nobody took up: items end with their flag, and what a release let an agency see ends too."""

from datetime import datetime

from django.db.models import Q

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.operations import command
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.standing import lapsed, standing_of
from alongside.casework.outreach.rules import (
    UNTOUCHED,
    State,
    Verdict,
    is_let_go,
    release_still_shows,
)
from alongside.casework.people.commands.reaching import let_reach_lapse
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.models import Flag


class NothingExpiredError(AlreadyDoneError):
    """No flag went without anybody acting on it."""


class NothingLapsedError(AlreadyDoneError):
    """Everything a release lets an agency see still has its reason."""


@command
def expire_items(*, actor: Actor, at: datetime) -> int:
    """Let go of items whose flag expired or was withdrawn before anybody took them up. Nightly.

    A professional's own item stays; so does what somebody agreed with or worked on. Managers see how many.

    Returns:
        How many.

    Raises:
        NothingExpiredError: there are none.
    """
    require(permissions.may_manage(actor))
    perhaps = (
        WorkItem.objects.select_for_update(of=("self",), no_key=True)
        .filter(state__in=[*UNTOUCHED, State.PUT_BACK, State.JUDGED], flag__isnull=False)
        .filter(Q(flag__expires_at__lte=at) | Q(flag__withdrawn_at__isnull=False))
        .select_related("flag__person", "assigned_to__user")
        .order_by("made_at", "id")
    )
    expired = [item for item in perhaps if item.flag and is_let_go(standing_of(item.flag, at))]
    if not expired:
        raise NothingExpiredError("Nothing has expired.")
    for item in expired:
        item.move(State.EXPIRED, by=actor.name, at=at, why=_why(item))
        record(events.ITEM_EXPIRED, actor=actor, person_id=item.person_id, about=("work_item", item.id))
    record(events.EXPIRY_CHECKED, actor=actor, expired=len(expired))
    return len(expired)


@command
def let_releases_lapse(*, actor: Actor, at: datetime) -> int:
    """End what releases let agencies see of people whom nobody took up. Nightly, after ``expire_items``.

    Any other reason to see them stays, and so does what the agency works on or wrote down.

    Returns:
        How many reaches ended.

    Raises:
        NotAllowedError: the actor is not a part of the system.
        NothingLapsedError: there are none.
    """
    require(permissions.may_let_releases_lapse(actor))
    flags = list(lapsed(at))
    if not flags:
        raise NothingLapsedError("Nothing that a release shows has ended.")
    for flag in flags:
        _end(flag, actor, at)
    record(events.RELEASES_LAPSED, actor=actor, ended=len(flags))
    return len(flags)


def end_what_is_no_longer_shown(item: WorkItem, actor: Actor, at: datetime) -> bool:
    """End what the release behind an item's flag shows, if its reason ended with the item; say whether.

    So does what earlier releases show whose flags were overtaken: they put nobody on a list any more.
    """
    if item.flag is None or actor.reach == EVERYBODY or release_still_shows(standing_of(item.flag, at)):
        return False
    reached = Reach.objects.filter(
        why=ReachWhy.RELEASED, person_id=item.flag.person_id, organisation_id=item.organisation_id, until=None
    )
    because_of = set(reached.values_list("about", flat=True))
    flags = [item.flag, *Flag.objects.overtaken_before(item.flag)]
    ended = [flag for flag in flags if flag.release_id in because_of]
    for flag in ended:
        _end(flag, actor, at)
    return bool(ended)


def _end(flag: Flag, actor: Actor, at: datetime) -> None:
    let_reach_lapse(
        actor=actor,
        at=at,
        person_id=flag.person_id,
        organisation_id=flag.organisation_id,
        release_id=flag.release_id,
    )


def _why(item: WorkItem) -> str:
    if item.state == State.PUT_BACK:
        return "It was put back, and nobody took it before the flag ended."
    if item.state == State.JUDGED and item.judgement.verdict == Verdict.DISAGREE:
        return "The flag was disagreed with, and it has ended."
    had = item.assigned_to.user.name if item.assigned_to else "nobody"
    return f"Nobody acted on the flag in time; it was with {had}."

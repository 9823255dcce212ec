"""What an organisation has written about a person and not finished, when it stops seeing them.

One that leaves of its own accord finishes it first. One that is cut off, because the person objected or the
reason was wrong, cannot, and neither can one where whoever wrote it has left: what they said is kept for
whoever still sees them.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.asked import Asked
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy


class UnfinishedError(CaseworkError):
    """Something is half written about a person whom nobody in the organisation could see any more."""


MUST_FINISH: Asked[Callable[[Collection[UUID], UUID, datetime], None]] = Asked()
"""What apps above ask before an organisation leaves a person, given the ids of all records of the person and
the organisation's, and when: each raises ``UnfinishedError`` if something is half written that somebody there
can finish. They see all rows."""
CUT_OFF: Asked[Callable[[Actor, datetime, Collection[UUID]], None]] = Asked()
"""What apps above do once organisations no longer see people, given the ids of all records of these: each
keeps what was half written by those that see them no longer."""


def must_leave_nothing_unfinished(*, actor: Actor, at: datetime, about: UUID) -> None:
    """Check that nothing half written by the actor's organisation is lost when a reason to see a person ends.

    Part of a command that has checked the actor, before it ends the reach; once it has, what nobody could
    finish is kept (``keep_what_was_cut_off``). Another reason to see them is enough.

    Args:
        actor: whose organisation leaves.
        at: when.
        about: the referral, case or involvement that let it see the person.

    Raises:
        UnfinishedError: something is half written; the sentence says what, and who has it.
    """
    with beyond_reach(actor):
        ours = Reach.objects.filter(organisation_id=actor.member_of, until=None).exclude(why=ReachWhy.MERGED)
        for person_id in ours.filter(about=about).order_by("id").values_list("person_id", flat=True):
            records = Person.objects.records_of(person_id)
            if not ours.filter(person__in=records).exclude(about=about).exists():
                for must_finish in MUST_FINISH:
                    must_finish(records, actor.member_of, at)


def keep_what_was_cut_off(*, actor: Actor, at: datetime, people: Collection[UUID]) -> None:
    """Keep what was half written about people by organisations that no longer see them.

    Part of a command that has checked the actor, after it ended the reach; not within ``beyond_reach``.

    Args:
        actor: who.
        at: when.
        people: ids of records that the reach was to.
    """
    if not people:
        return
    with beyond_reach(actor):
        records = set(Person.objects.filter(id__in=people).whole().values_list("id", flat=True))
    for keep in CUT_OFF:
        keep(actor, at, records)


def seen_because_of(actor: Actor, about: UUID) -> set[UUID]:
    """Return the ids of the records that anybody sees for one reason. Part of a command that checked."""
    with beyond_reach(actor):
        return set(Reach.objects.filter(about=about, until=None).values_list("person_id", flat=True))

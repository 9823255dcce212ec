"""Heed what a run knows of people who are here already, on whatever list or none. Part of other commands."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.purposes import WATCHING_OVER
from alongside.casework.audit.recorder import record
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person
from alongside.casework.sources import events
from alongside.casework.sources.commands.flags import take_back_flags_of
from alongside.casework.sources.models import Run
from alongside.casework.sources.rules import KnownOfAll

_AT_ONCE = 5_000


def heed(known: KnownOfAll, *, run: Run, actor: Actor, at: datetime) -> None:
    """Protect addresses, and take back what earlier runs said of those who died or objected.

    What a list says whose policy does not leave such people out, as one of a duty in law may not, stands,
    and so does that of a policy the run does not have.
    """
    # whoever opens a run need not work with people, and so has no purpose of their own
    protect_addresses(known.protected, actor=actor.working_for(WATCHING_OVER), about=("run", run.id))
    for factor, whom, why in (
        ("deceased", known.died, _("An agency's records now say that the person has died.")),
        ("objected", known.objected, _("An agency's records now say that the person objects to this.")),
    ):
        leave_out = {name for name, policy in run.policies.items() if factor in policy["excludes"]}
        for several in _some_at_once(whom):
            take_back_flags_of(several, run=run, policies=leave_out, actor=actor, at=at, why=why)


def protect_addresses(insight_ids: Collection[str], *, actor: Actor, about: tuple[str, UUID]) -> None:
    """Protect the addresses of those of these people who are here, and record it for the actor's purpose."""
    for several in _some_at_once(insight_ids):
        with beyond_reach(actor):
            changed = Person.protect_addresses(several)
        for person_id in changed:
            record(events.ADDRESS_PROTECTED, actor=actor, person_id=person_id, about=about)


def _some_at_once(insight_ids: Collection[str]) -> Iterator[list[str]]:
    """Yield pseudonyms some thousands at a time: a register holds everybody who died in years."""
    order = sorted(insight_ids)
    for start in range(0, len(order), _AT_ONCE):
        yield order[start : start + _AT_ONCE]

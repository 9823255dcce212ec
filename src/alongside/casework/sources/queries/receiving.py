"""Which organisations would be given the people of a run, before and while they are released."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.area import AreaPack
from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Team
from alongside.casework.accounts.rules import CONTACT_TEAM
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.sources import permissions
from alongside.casework.sources.models import Run
from alongside.casework.sources.queries.left_out import left_out, who_died
from alongside.casework.sources.queries.objecting import who_objects
from alongside.casework.sources.rules import (
    LEFT_OUT,
    Cohort,
    OpenTo,
    ReleasedPerson,
    receivers,
    services_that_take,
)

PEOPLE_AT_ONCE = 2_000


class WhoContactsError(CaseworkError):
    """It is not clear who contacts the people nobody works with; one organisation must be named."""


class NobodyToReleaseError(CaseworkError):
    """There is nobody on these tiers whom one of these organisations could be given."""


@dataclass(frozen=True)
class CouldBeGiven:
    """How many people could be given, at the most: what people asked of us may leave some out."""

    people: int
    to: dict[UUID, int]
    """By organisation; those who could be given nobody have no number."""


@query()
def who_could_be_given(
    *,
    actor: Actor,
    pack: AreaPack,
    run_id: UUID,
    policy: str,
    tiers: list[str],
    organisation_ids: list[UUID],
    contact_organisation_id: UUID | None,
    read: Callable[[str, str, Sequence[str]], Cohort],
) -> CouldBeGiven:
    """Return how many of the people on these tiers each organisation could be given, and release nobody.

    Args:
        actor: the approver.
        pack: this area's pack.
        run_id: the run, which is there.
        policy: one of its lists.
        tiers: of that list.
        organisation_ids: who may be given people.
        contact_organisation_id: who contacts people nobody works with, if named.
        read: reads the people.

    Raises:
        WhoContactsError, NobodyToReleaseError: as the command that releases them.
    """
    require(permissions.may_release(actor))
    run = Run.objects.get(id=run_id)
    contact, runs = who_contacts(organisation_ids, contact_organisation_id), services_of(organisation_ids)
    people, to = 0, Counter[UUID]()
    with beyond_reach(actor):
        receiving = Receiving(pack, run.policies[policy]["routes"], runs, contact)
        for several in some_at_once(read(run.folder, policy, tiers).people):
            for _person, got in receiving.of(several):
                people += 1
                to.update(got.keys())
    if not people:
        raise nobody_to_release(receiving.not_given)
    return CouldBeGiven(people, dict(to))


class Receiving:
    """Says to which organisations the people of one list go, by its routes and what is known here now.

    Part of a command or query that checked who asks and sees all rows.

    Attributes:
        not_given: how many go to none of them, by why or by what their route leads to.
    """

    def __init__(
        self,
        pack: AreaPack,
        routes: Sequence[Mapping[str, Any]],
        runs: Mapping[UUID, set[str]],
        contact: UUID | None,
    ) -> None:
        """Look up who objects and who has died.

        Args:
            pack: this area's pack.
            routes: of the policy, as it stood in the run.
            runs: the organisations, each with the services that its teams run.
            contact: who of them contacts people nobody works with, if any.
        """
        self._services = {service.code: service for service in pack.area.services}
        self._routes, self._runs, self._contact = routes, runs, contact
        self._objecting, self._died = frozenset(who_objects()), who_died()
        self.not_given: Counter[str] = Counter()

    def of(self, people: list[ReleasedPerson]) -> list[tuple[ReleasedPerson, dict[UUID, OpenTo]]]:
        """Return those of some people who go to any of them, each with where; the others are counted."""
        given = []
        nobodys = left_out(people, objecting=self._objecting, died=self._died)
        for person in people:
            if why := nobodys.get(person.insight_id):
                self.not_given[why] += 1
                continue
            taken = services_that_take(person, self._routes, self._services)
            if got := receivers(taken, self._runs, contact=self._contact):
                given.append((person, got))
            else:
                self.not_given[taken[0].service if taken else person.route] += 1
        return given


def some_at_once(people: Iterable[ReleasedPerson]) -> Iterator[list[ReleasedPerson]]:
    """Yield people some thousands at a time, so that no list of everybody is ever kept."""
    remaining = iter(people)
    while several := list(islice(remaining, PEOPLE_AT_ONCE)):
        yield several


def services_of(organisation_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """Return which services the teams of each organisation run."""
    runs: dict[UUID, set[str]] = {each: set() for each in organisation_ids}
    for organisation_id, services in Team.objects.filter(organisation__in=organisation_ids).values_list(
        "organisation_id", "services"
    ):
        runs[organisation_id] |= set(services)
    return runs


def who_contacts(organisation_ids: Collection[UUID], named: UUID | None) -> UUID | None:
    """Return who contacts people nobody works with; None if none of the organisations does.

    Raises:
        WhoContactsError: several could, or the one named is not among them.
    """
    if named is not None:
        if named not in organisation_ids:
            raise WhoContactsError(_("The organisation that contacts people must be one of those you chose."))
        return named
    able = [id_ for id_, services in services_of(organisation_ids).items() if CONTACT_TEAM in services]
    if len(able) > 1:
        raise WhoContactsError(
            _("Several of these organisations have a contact team. Choose which one contacts people.")
        )
    return able[0] if able else None


def nobody_to_release(not_given: Counter[str]) -> NobodyToReleaseError:
    """Return what an approver is told where nobody could be given, with where the routes lead instead."""
    routes = ", ".join(
        f"{what.replace('_', ' ')} ({number})"
        for what, number in sorted(not_given.items())
        if what not in LEFT_OUT
    )
    return NobodyToReleaseError(
        _(
            "Nobody on these tiers could be given to these organisations. They would go to: %(routes)s. "
            "Choose an organisation that does that."
        )
        % {"routes": routes}
        if routes
        else _("Nobody on these tiers could be given to these organisations.")
    )

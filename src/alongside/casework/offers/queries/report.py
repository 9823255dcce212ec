"""Who is offered help and who is not, in numbers; about everybody, even those nobody can see any more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.offers import events, permissions
from alongside.casework.offers.models import NotOffered, Offer, Reply
from alongside.casework.offers.rules.adding_up import Given, months_before, standing
from alongside.casework.offers.rules.equality import (
    GAPS,
    Background,
    Fact,
    Grouping,
    Line,
    came_of,
    report,
)
from alongside.casework.offers.rules.not_offered import NotOfferedWhy
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person, Whole, together

MONTHS = 12
"""Whole calendar months, so that nobody can subtract one report from another made a day later."""


@dataclass(frozen=True)
class Report:
    """Who was offered help and who was not, between two days, both included.

    Attributes:
        first: the first day.
        last: the last day.
        of_all: whether it covers the whole partnership.
        total: all together.
        groups: for each way of grouping people, the groups that have anything in them.
    """

    first: date
    last: date
    of_all: bool
    total: Line
    groups: dict[Grouping, list[Line]]


@query(records=True, shows_people=False)
def equality_report(*, actor: Actor, day: date) -> Report:
    """Return who was offered help, who declined it and who was not offered it, in the last whole months.

    Only numbers, and no small ones; that somebody read it is recorded. People whom nobody can see any more
    are counted too: such a report is about those who were refused and went away.

    It covers the actor's own organisation or, for those who oversee the partnership, only the whole of it.

    Raises:
        NotAllowedError: the actor may not read it.
    """
    require(permissions.may_read_report(actor))
    of_all = permissions.may_read_report_of_all(actor).allowed
    last = day.replace(day=1) - timedelta(days=1)
    first = months_before(last.replace(day=1), MONTHS - 1)
    with beyond_reach(actor):
        offers = Offer.objects.filter(offered_on__range=(first, last))
        gaps = NotOffered.objects.filter(decided_on__range=(first, last))
        if not of_all:
            offers = offers.filter(organisation_id=actor.member_of)
            gaps = gaps.filter(organisation_id=actor.member_of)
        came = _came(list(offers.values_list("id", "person_id")))
        why = [(person, GAPS[NotOfferedWhy(why)]) for person, why in gaps.values_list("person_id", "why")]
        roots, backgrounds = _people({person for person, _ in [*came, *why]}, on=last)
    total, groups = report(backgrounds, _under(roots, came), _under(roots, why))
    scope = "the whole partnership" if of_all else "their organisation"
    record(events.REPORT_READ, actor=actor, scope=scope)
    return Report(first, last, of_all, total, groups)


def _came(offers: list[tuple[UUID, UUID]]) -> list[Fact]:
    """For each offer, who it was made to and what came of it."""
    replies: dict[UUID, list[Given]] = defaultdict(list)
    of_offers = Reply.objects.filter(offer__in=[offer for offer, _person in offers])
    for each in of_offers.select_related("offer__organisation").order_by("on", "place"):
        replies[each.offer_id].append(each.given)
    return [
        (person, came_of(standing(replies[offer]).answer if offer in replies else None))
        for offer, person in offers
    ]


def _people(records: set[UUID], *, on: date) -> tuple[dict[UUID, UUID], dict[UUID, Background]]:
    """For each record, the one it was finally merged into; and what is known about each person."""
    people = together(Person.objects.filter(id__in=records).whole())
    return {each.id: person.head.id for person in people for each in person.records}, {
        person.head.id: Background(
            age=person.age_on(on),
            language=person.first("language") or "",
            interpreter=_all(person, "interpreter"),
            adjustments=_all(person, "adjustments"),
        )
        for person in people
    }


def _all(person: Whole, column: str) -> str:
    """What all the records say: one that says "none" does not cancel what another says."""
    return "; ".join(each.value for each in person.known(column))


def _under(roots: dict[UUID, UUID], facts: Iterable[Fact]) -> list[Fact]:
    return [(roots[person], what) for person, what in facts]

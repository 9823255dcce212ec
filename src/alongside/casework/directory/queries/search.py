"""Searching for what there is to offer."""

from dataclasses import dataclass
from datetime import date, datetime, time
from math import sqrt
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.directory import permissions
from alongside.casework.directory.models import Service, TaxonomyTerm
from alongside.casework.directory.models.services import ServiceQuerySet
from alongside.casework.directory.postcodes import as_postcode, in_district
from alongside.casework.directory.queries.places import METRES_NEAR, where_is
from alongside.casework.directory.rules import HERE, Nearness, Running, running, runs_on
from alongside.casework.kernel.composed import composed_once
from alongside.casework.operations import query

MOST_LOOKED_AT = 1_000
"""Entries whose hours one search works out; beyond that, it says that the search must be narrower."""
PER_PAGE = 20


@dataclass(frozen=True)
class Found:
    """An entry that was found.

    Attributes:
        service: the entry, with what a line of results shows.
        running: whether it is running at the day and time asked for or, without one, now.
        metres: how far away its nearest place is; None if that is not known.
        nearness: how it is known where it is; None if no postcode was asked for.
    """

    service: Service
    running: Running
    metres: int | None
    nearness: Nearness | None


@dataclass(frozen=True)
class Results:
    """One page of what was found; ``cut`` if there was so much that not all of it was looked at."""

    found: tuple[Found, ...]
    total: int
    page: int
    pages: int
    cut: bool
    place_known: bool


@query()
def search_services(
    *,
    actor: Actor,
    at: datetime,
    need: UUID | None = None,
    words: str = "",
    place: str = "",
    age: int | None = None,
    language: str = "",
    running_on: date | None = None,
    running_at: time | None = None,
    page: int = 1,
) -> Results:
    """Return the services that can be offered and match everything asked for, best first.

    Args:
        actor: who is looking.
        at: now.
        need: a term; services under any term of the same name count, whichever list it is in.
        words: found in any of their forms, and with small misspellings.
        place: a postcode or its first half: what is there by its address, then what is within 8 km, nearest
            first, and then what is not on the map but not far away, or has no known place, such as a
            helpline. Or the name of a town or area.
        age: of the person it is for.
        language: one that it can be used in.
        running_on: a day when it is open; services whose hours are not known come last.
        running_at: a time on that day; without a day, a time today.
        page: which page of the results, from 1.

    Raises:
        NotAllowedError: the actor may not read the directory.
    """
    require(permissions.may_search(actor))
    asked = Service.objects.offered().order_by("name", "id")
    if words.strip():
        asked = asked.like(words.strip())
    if need:
        names = TaxonomyTerm.objects.filter(id=need).values("name")
        meant = Service.objects.filter(attributes__term__name__in=names)
        asked = asked.filter(id__in=meant.values("id"))
    if age is not None:
        asked = asked.for_age(age)
    if language.strip():
        asked = asked.filter(
            id__in=Service.objects.filter(languages__name__icontains=language.strip()).values("id")
        )
    asked, place_known = _at_place(asked, place.strip())
    candidates = list(asked.listed()[: MOST_LOOKED_AT + 1])
    cut = len(candidates) > MOST_LOOKED_AT
    found = [_found(service, at, running_on, running_at) for service in candidates[:MOST_LOOKED_AT]]
    if running_on or running_at:
        kept = [each for each in found if each.running is not Running.CLOSED]
        found = sorted(kept, key=lambda each: each.running is Running.NOT_KNOWN)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Results(shown, len(found), page, pages, cut, place_known)


@query()
def needs(*, actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the partnership's list of needs, by name.

    Raises:
        NotAllowedError: the actor may not read the directory.
    """
    require(permissions.may_search(actor))
    return tuple(_needs())


@composed_once
def _needs() -> QuerySet[TaxonomyTerm, tuple[UUID, str]]:
    own = TaxonomyTerm.objects.filter(taxonomy__feed=None)
    return own.order_by("name", "id").values_list("id", "name")


def _at_place(asked: ServiceQuerySet, place: str) -> tuple[ServiceQuerySet, bool]:
    if not place:
        return asked, True
    if postcode := as_postcode(place):
        where = where_is(postcode)
        if where is None and not Service.objects.offered().at_postcode(in_district(postcode)).exists():
            return asked, False
        return asked.near(postcode, where, metres=METRES_NEAR, unmeasured=True), True
    here = Service.objects.filter(
        Q(service_areas__name__icontains=place)
        | Q(service_at_locations__location__addresses__city__icontains=place)
        | Q(service_at_locations__location__addresses__address_1__icontains=place)
    )
    return asked.filter(id__in=here.values("id")), True


def _found(service: Service, at: datetime, day: date | None, clock: time | None) -> Found:
    hours = [each.hours for each in service.schedules.all()]
    square = getattr(service, "square", None)
    metres = None if square is None else round(sqrt(square))
    place = getattr(service, "nearness", None)
    nearness = None if place is None else Nearness(place)
    if day and clock is None:
        return Found(service, runs_on(service.status, hours, day), metres, nearness)
    moment = at
    if clock is not None:
        moment = datetime.combine(day or at.astimezone(HERE).date(), clock, tzinfo=HERE)
    return Found(service, running(service.status, hours, moment), metres, nearness)

"""How people replied to offers, and whether refusals add up: for this app's pages and the apps above it."""

import logging
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.offers.models import Reply
from alongside.casework.offers.rules.adding_up import AddingUp, Given, Limits, adds_up
from alongside.errors import AlongsideError

_LOG = logging.getLogger(__name__)


def limits() -> Limits:
    """Return the point at which refusals add up here: the area pack's limits, or else the rule's own.

    A pack that cannot be read is reported where packs are read; refusals that add up are shown all the same.
    """
    try:
        pack = area_pack()
    except AlongsideError as error:
        _LOG.error("the limits of refusals could not be read: %s", error)
        return Limits()
    if pack.marm is None:
        return Limits()
    own = pack.marm.refusals
    return Limits(declines=own.declines, agencies=own.agencies, months=own.within_months)


def replies_of(records: Collection[UUID]) -> list[Reply]:
    """Return every reply to offers made under some records, with those to the same offer in order.

    Part of a query or command that checked who asks; only rows within the actor's reach are seen.
    """
    return _replies(people=list(records))


@composed_once
def _replies(*, people: list[UUID]) -> QuerySet[Reply]:
    given = Reply.objects.filter(among("offer__person", people))
    return given.select_related("offer__organisation", "organisation").order_by("offer_id", "on", "place")


def refusals_of(*, records: Collection[UUID], day: date) -> AddingUp | None:
    """Return whether a person's refusals add up on a day, by the ids of all their records.

    For the apps above, such as the criteria of a multi-agency referral: *has refused essential
    services or interventions*. Part of a query or command that checked who asks and records the look.
    """
    return adding_up_in(replies_of(records), day=day, within=limits())


def adding_up_in(replies: Iterable[Reply], *, day: date, within: Limits) -> AddingUp | None:
    """Return whether these replies to one person's offers add up to something on a day."""
    given: Iterable[Given] = (each.given for each in replies)
    return adds_up(given, day=day, limits=within)

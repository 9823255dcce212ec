"""What was asked or held while two records were joined that are separated now: it may be either person's."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person, PersonMerge
from alongside.casework.people.models.parting import Going
from alongside.casework.people.queries.parting import Named
from alongside.casework.rights import permissions
from alongside.casework.rights.models import AccessRequest, Dispute, LegalHold
from alongside.casework.rights.rules.disputes import Outcome
from alongside.casework.rights.rules.wishes import Wish

Meanwhile = tuple[datetime, datetime]
"""From when until when two records were joined."""
Said = Dispute | LegalHold | AccessRequest
COUNTS = Q(outcome__in=["", Outcome.UPHELD, Outcome.ERASED], taken_back_on=None)
"""Wishes that still have a consequence: neither refused nor withdrawn."""


def times_joined(records: Collection[UUID]) -> list[Meanwhile]:
    """Return when these records of one person were joined with others that are separated from them now."""
    return times_of(_undone(records=list(records)), records)


def times_of(merges: Iterable[PersonMerge], records: Collection[UUID]) -> list[Meanwhile]:
    """Return the same from the merges of these records, for whoever has read them."""
    return [
        (merge.at, merge.undone_at)
        for merge in merges
        # those that were joined again are one person's
        if merge.undone_at and not {merge.kept_id, merge.absorbed_id} <= set(records)
    ]


@composed_once
def _undone(*, records: list[UUID]) -> QuerySet[PersonMerge]:
    either = Q(among("kept", records)) | Q(among("absorbed", records))
    return PersonMerge.objects.filter(either, undone_at__isnull=False).order_by("at", "id")


def was_joined(at: datetime, times: Iterable[Meanwhile]) -> bool:
    """Return whether a moment is in one of these times."""
    return any(since < at <= until for since, until in times)


def wishes_since(going: Going) -> QuerySet[Dispute]:
    """Return what was asked about everything held since two records were joined, and still counts."""
    since = Dispute.objects.filter(COUNTS, person__in=going.staying, noted_at__gt=going.since)
    return since.filter(says__in=[*Wish])


def holds_since(going: Going) -> QuerySet[LegalHold]:
    """Return the holds that were placed since two records were joined, and stand."""
    return LegalHold.objects.filter(person__in=going.staying, placed_at__gt=going.since, lifted_at=None)


def requests_since(going: Going) -> QuerySet[AccessRequest]:
    """Return the requests for what is held that were made since two records were joined, and are not over."""
    return AccessRequest.objects.under_way().filter(person__in=going.staying, taken_at__gt=going.since)


def named(going: Going) -> list[Named]:
    """Return what the reader sees of what was asked and held meanwhile; it is kept on the kept record."""
    wished = {
        Wish.ERASE: _("The wish to erase everything, which %(organisation)s noted on %(day)s,"),
        Wish.NOT_FOUND: _("The objection to being found by lists, which %(organisation)s noted on %(day)s,"),
        Wish.NOT_USED: _(
            "The objection to how what is held is used, which %(organisation)s noted on %(day)s,"
        ),
    }
    counts = _(
        "It will count for the other record too. Those who answer such requests are told, to find out whose "
        "it is: nothing is erased because of it until they have."
    )
    return [
        *(
            Named(wishes_since(going).filter(says=wish), "noted_at", words, counts,
                  whose="noted_organisation__name")
            for wish, words in wished.items()
        ),
        Named(
            holds_since(going),
            "placed_at",
            _("The legal hold that %(organisation)s placed on %(day)s"),
            _("It will hold the other record too, until those who are told of it find out whose it is."),
            whose="placed_by",
        ),
        Named(
            requests_since(going),
            "taken_at",
            _("The request for what is held about them, which %(organisation)s noted on %(day)s,"),
            _(
                "If the other person asked, tell those who answer such requests now: they must not be given "
                "what is held about somebody else."
            ),
            whose="taken_organisation__name",
        ),
    ]  # fmt: skip


@query()
def said_while_joined(*, actor: Actor, since: datetime) -> list[Said]:
    """Return what was asked or held while two records were joined that have been separated since a moment.

    It may be either person's: whoever answers people finds out whose. It names nobody.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        merges = _undone_lately(since=since)
        if not merges:
            return []
        each_of = Person.objects.records_of_each({key for m in merges for key in (m.kept_id, m.absorbed_id)})
        found: dict[type[Said], Q] = {Dispute: Q(), LegalHold: Q(), AccessRequest: Q()}
        for merge in merges:
            records = each_of[merge.kept_id] | each_of[merge.absorbed_id]
            if merge.absorbed_id in each_of[merge.kept_id]:
                continue
            for model, at in _MADE.items():
                during = {f"{at}__gt": merge.at, f"{at}__lte": merge.undone_at}
                found[model] |= Q(person__in=records, **during)
        if not found[Dispute]:
            return []
        return [
            *Dispute.objects.filter(found[Dispute], COUNTS, says__in=[*Wish]).order_by("noted_at", "id"),
            *LegalHold.objects.filter(found[LegalHold], lifted_at=None).order_by("placed_at", "id"),
            *AccessRequest.objects.under_way().filter(found[AccessRequest]),
        ]


_MADE: dict[type[Said], str] = {Dispute: "noted_at", LegalHold: "placed_at", AccessRequest: "taken_at"}


@composed_once
def _undone_lately(*, since: datetime) -> QuerySet[PersonMerge]:
    return PersonMerge.objects.filter(undone_at__gte=since).order_by("undone_at", "id")

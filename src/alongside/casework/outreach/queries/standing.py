"""How released people stand with the agencies that were given their flags: what decides when reach ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.offers.models import NotOffered, Offer, Reply
from alongside.casework.outreach.models import Attempt, Conversation, Judgement, Note, Referral, WorkItem
from alongside.casework.outreach.rules import (
    OPEN,
    Standing,
    State,
    Verdict,
    release_still_shows,
)
from alongside.casework.people.models import AboutMe, ChronologyEntry, Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.models import Flag

WORK = (Attempt, Note, Conversation, Referral)
"""Any of these on an item is work; a judgement alone is not."""


@dataclass(frozen=True)
class Stands:
    """How the person of a flag stands with its agency, and whether it sees them for other reasons too."""

    standing: Standing
    seen_otherwise: bool


def stands(flag: Flag, at: datetime, *, records: Sequence[UUID] | None = None) -> Stands:
    """Return how the person of a flag stands with the flag's agency, under whichever of their joined records.

    To be asked within that agency's reach, or beyond all reach.

    Args:
        flag: which flag.
        at: when.
        records: ids of all records of the person, where they are known.
    """
    everywhere = list(records or _records_of(flag.person))
    (told,) = _told(flag=flag.id, organisation=flag.organisation_id, people=everywhere)
    return Stands(
        Standing(
            in_force=flag.is_in_force(at),
            state=State(told["state"]) if told["state"] else None,
            verdict=Verdict(told["verdict"]) if told["verdict"] else None,
            raised=told["priority"] is not None,
            worked_on=any(told[name] for name in told if name.startswith("did_")),
            another_item=told["another"],
        ),
        told["otherwise"],
    )


def standing_of(flag: Flag, at: datetime) -> Standing:
    """Return how the person of a flag stands with the flag's agency; see ``stands``."""
    return stands(flag, at).standing


def lapsed(at: datetime) -> Iterator[Flag]:
    """Yield the flags whose release no longer lets an agency see a person, though its reach still stands.

    To be asked beyond all reach. Only what may have ended is looked at one by one.
    """
    reached = Reach.objects.filter(
        why=ReachWhy.RELEASED,
        until=None,
        person_id=OuterRef("person_id"),
        organisation_id=OuterRef("organisation_id"),
        about=OuterRef("release_id"),
    )
    ended = [state for state in State if state not in OPEN]
    over = Q(expires_at__lte=at) | Q(withdrawn_at__isnull=False) | Q(work_item__state__in=ended)
    for flag in Flag.objects.select_related("person").filter(Exists(reached), over).order_by("id"):
        if not release_still_shows(standing_of(flag, at)):
            yield flag


@composed_once
def _told(*, flag: UUID, organisation: UUID, people: list[UUID]) -> QuerySet[Flag, dict[str, Any]]:
    """Everything that decides it, in one statement."""
    about = Q(among("person", people), organisation_id=organisation)
    items = WorkItem.objects.filter(about)
    another = items.filter(state__in=OPEN).filter(Q(flag=None) | ~Q(flag=flag))
    otherwise = Reach.objects.filter(about, until=None).exclude(why__in=[ReachWhy.RELEASED, ReachWhy.MERGED])
    heard = Reply.objects.filter(among("offer__person", people), organisation_id=organisation)
    wrote: dict[str, QuerySet[Any]] = {
        "did_tell": ChronologyEntry.objects.filter(about),
        "did_offer": Offer.objects.filter(about),
        "did_hear": heard,
        "did_not_offer": NotOffered.objects.filter(about),
        "did_write_down": AboutMe.objects.filter(among("person", people), written_down_for=organisation),
    }
    done = {f"did_{kind.__name__.lower()}": kind.objects.filter(item__in=items.values("id")) for kind in WORK}
    told: QuerySet[Any] = Flag.objects.filter(id=flag).annotate(
        state=F("work_item__state"),
        priority=F("work_item__priority"),
        verdict=Subquery(Judgement.objects.filter(item__flag=OuterRef("id")).values("verdict")[:1]),
        another=Exists(another),
        otherwise=Exists(otherwise),
        **{name: Exists(rows) for name, rows in {**wrote, **done}.items()},
    )
    facts: QuerySet[Flag, dict[str, Any]] = told.values(
        "state", "priority", "verdict", "another", "otherwise", *wrote, *done
    )
    return facts


def _records_of(person: Person) -> list[UUID]:
    while person.merged_into is not None:
        person = person.merged_into
    return list(Person.objects.records_of(person.id))

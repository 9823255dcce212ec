"""What is put together about one person: who could be round the table, and their own page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.directory.queries import Offered, needs, services_meeting
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.operations import query
from alongside.casework.outreach import events
from alongside.casework.outreach.models import Conversation, Outcome, Referral
from alongside.casework.outreach.models.items import WorkItemQuerySet
from alongside.casework.outreach.queries.doors import (
    Sees,
    items_visible_to,
    items_within,
    sees,
    who_asks,
    with_others,
)
from alongside.casework.outreach.rules import (
    OutcomeKind,
    ReferralState,
)
from alongside.casework.outreach.rules.inviting import needs_meant
from alongside.casework.people.models import AboutMe
from alongside.casework.people.permissions import may_read_people
from alongside.casework.people.queries.circle import Circle, around, newest_words


@dataclass(frozen=True)
class TablePage:
    """Who is around a person, the partnership's needs, those that are meant, and services for them."""

    circle: Circle
    needs: dict[UUID, str]
    meant: list[UUID]
    services: tuple[Offered, ...]


@dataclass(frozen=True)
class OwnPage:
    """What is the person's own: their words, who is in touch, what they agreed and their next steps."""

    circle: Circle
    said: list[AboutMe]
    talk: Conversation | None
    agreed: list[Outcome]
    referrals: list[Referral]


@query(records=True)
def table_page(
    *, actor: Actor, person_id: UUID, at: datetime, chosen: Iterable[UUID] | None = None
) -> TablePage:
    """Return who could be round the table for a person, and record that the actor looked.

    Args:
        actor: who.
        person_id: about whom.
        at: when; the person's age is of that day.
        chosen: the needs to look for; by default, those that the responses on their flags mention.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(may_read_people(actor))
    circle = around(actor=actor, person_id=person_id)
    known = dict(needs(actor=actor))
    if chosen is None:
        flags = items_visible_to(actor).open().filter(person__in=circle.records, flag__isnull=False)
        responses = flags.values_list("flag__responses", flat=True)
        chosen = needs_meant((str(each.get("title", "")) for told in responses for each in told), known)
    meant = [need for need in chosen if need in known]
    age = circle.whole.age_on(timezone.localdate(at))
    services = services_meeting(actor=actor, needs=meant, age=age)
    record(events.TABLE_SEEN, actor=actor, person_id=circle.person.id)
    return TablePage(circle, known, meant, services)


@query(records=True)
def own_page(*, actor: Actor, person_id: UUID, parts: int) -> OwnPage:
    """Return what may go on the person's own page, and record that it was opened and with how many parts.

    It holds no concern, flag, judgement or note: what is not theirs is not even read.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(may_read_people(actor))
    circle = around(actor=actor, person_id=person_id, asked=False)
    which, who, people = sees(actor), who_asks(actor), list(circle.records)
    page = OwnPage(
        circle=circle,
        said=newest_words(person=circle.person.id),
        talk=next(iter(_last_talk(which, people=people, **who)), None),
        agreed=_agreed(which, people=people, **who),
        referrals=_referrals(which, people=people, **who),
    )
    record(events.OWN_PAGE_SEEN, actor=actor, person_id=circle.person.id, parts=parts)
    return page


def _items(
    which: Sees, organisation: Any, user: Any, teams: Any, covers: Any, people: Any
) -> WorkItemQuerySet:
    seen = items_within(which, organisation, user, with_others(teams, covers))
    return seen.filter(among("person", people))


def _talks(which: Sees, *who: Any) -> QuerySet[Conversation]:
    return Conversation.objects.filter(item__in=_items(which, *who), finished_at__isnull=False)


@composed_once
def _last_talk(
    which: Sees,
    /,
    *,
    organisation: UUID | None,
    user: UUID | None,
    teams: list[UUID],
    covers: list[UUID],
    people: list[UUID],
) -> QuerySet[Conversation]:
    talks = _talks(which, organisation, user, teams, covers, people).select_related(
        "item__team", "item__organisation"
    )
    return talks.order_by("-finished_at", "id")[:1]


@composed_once
def _agreed(
    which: Sees,
    /,
    *,
    organisation: UUID | None,
    user: UUID | None,
    teams: list[UUID],
    covers: list[UUID],
    people: list[UUID],
) -> QuerySet[Outcome]:
    talks = _talks(which, organisation, user, teams, covers, people)
    kinds = [OutcomeKind.SIGNPOST, OutcomeKind.ADVICE]
    return Outcome.objects.filter(conversation__in=talks, on_paper=True, kind__in=kinds).order_by("-at", "id")


@composed_once
def _referrals(
    which: Sees,
    /,
    *,
    organisation: UUID | None,
    user: UUID | None,
    teams: list[UUID],
    covers: list[UUID],
    people: list[UUID],
) -> QuerySet[Referral]:
    items = _items(which, organisation, user, teams, covers, people)
    agreed = Referral.objects.filter(item__in=items, person_agrees="yes", why_not_safe="")
    stands = agreed.exclude(state__in=[ReferralState.DECLINED, ReferralState.TAKEN_BACK])
    return stands.select_related("to_organisation").order_by("-made_at", "id")

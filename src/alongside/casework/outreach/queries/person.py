"""What is put together about one person: who could be round the table, and the page that is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.directory.queries import Offered, needs, services_meeting
from alongside.casework.operations import query
from alongside.casework.outreach import events
from alongside.casework.outreach.models import Conversation, Outcome, Referral
from alongside.casework.outreach.queries.doors import items_visible_to
from alongside.casework.outreach.rules import (
    OutcomeKind,
    ReferralState,
)
from alongside.casework.outreach.rules.inviting import needs_meant
from alongside.casework.people.models import AboutMe, Person
from alongside.casework.people.permissions import may_read_people
from alongside.casework.people.queries.circle import Circle, around, newest_words
from alongside.casework.people.rules import age_on


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

    person: Person
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
        chosen: the needs to look for; unless given, those that the responses on their flags speak of.

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
    born = circle.person.date_of_birth
    services = services_meeting(
        actor=actor, needs=meant, age=age_on(born, timezone.localdate(at)) if born else None
    )
    record(events.TABLE_SEEN, actor=actor, person_id=circle.person.id)
    return TablePage(circle, known, meant, services)


@query(records=True)
def own_page(*, actor: Actor, person_id: UUID, parts: int) -> OwnPage:
    """Return what may stand on the person's own page, and record that it was opened with so many parts.

    Nothing of it is a concern, a flag, a judgement or a note: what is not theirs is not read.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(may_read_people(actor))
    circle = around(actor=actor, person_id=person_id, asked=False)
    items = items_visible_to(actor).filter(person__in=circle.records)
    talks = Conversation.objects.filter(item__in=items, finished_at__isnull=False)
    page = OwnPage(
        person=circle.person,
        circle=circle,
        said=newest_words(person=circle.person.id),
        talk=talks.select_related("item__team").order_by("-finished_at", "id").first(),
        agreed=list(
            Outcome.objects.filter(
                conversation__in=talks, on_paper=True, kind__in=[OutcomeKind.SIGNPOST, OutcomeKind.ADVICE]
            ).order_by("-at", "id")
        ),
        referrals=list(
            Referral.objects.filter(item__in=items, person_agrees="yes", why_not_safe="")
            .exclude(state=ReferralState.DECLINED)
            .select_related("to_organisation")
            .order_by("-made_at", "id")
        ),
    )
    record(events.OWN_PAGE_SEEN, actor=actor, person_id=circle.person.id, parts=parts)
    return page

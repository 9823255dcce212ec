"""Concerns about one person, whether they add up, what was checked because of them, and what was sent on."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.area.marm_models import Forum
from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, Concern, Onward, Screening
from alongside.casework.marm.queries.agencies import in_touch_with
from alongside.casework.marm.queries.doors import cases_within, who_asks
from alongside.casework.marm.queries.pack import adding_up_limits, marm_pack
from alongside.casework.marm.rules.adding_up import AddingUp, Raised, adds_up
from alongside.casework.marm.rules.screening import meant
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.offers.queries.answered import refusals_of
from alongside.casework.offers.rules.adding_up import AddingUp as Refusals
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import ChronologyEntry, Contact, Involvement, Person
from alongside.casework.people.queries import get_person
from alongside.casework.people.queries.disputed import Marks, disputed
from alongside.casework.people.queries.telling import not_to_be_told

TRIED = (ChronologyEntry.Kind.TRIED, ChronologyEntry.Kind.OFFER)
MOST_TRIED = 5


@dataclass(frozen=True)
class ConcernsPage:
    """The concerns about a person, the newest first, and what came of them.

    Attributes:
        person: who it is about.
        concerns: those of the actor's organisation, with their words.
        of_others: those of others that it may be told of: that there is one, whose and when, never what.
        adding_up: that they add up, if they do.
        screenings: what was checked because of them.
        onward: what was sent to other processes.
        case: the current case about the person, if the actor's organisation takes part in it.
        reader: who reads.
        disputed: what to show beside a concern that is disputed.
    """

    person: Person
    concerns: list[Concern]
    of_others: list[Raised]
    adding_up: AddingUp | None
    screenings: list[Screening]
    onward: list[Onward]
    case: Case | None
    reader: Actor
    disputed: Marks


@dataclass(frozen=True)
class ConcernAsked:
    """One concern, and the other processes its words may point to.

    Attributes:
        person: who it is about.
        concern: what was written.
        forums: processes whose words occur in it.
        screened: codes of those that were checked because of it.
    """

    person: Person
    concern: Concern
    forums: list[Forum]
    screened: frozenset[str]


@dataclass(frozen=True)
class Evidence:
    """What the records already say that may answer a criterion.

    Attributes:
        person: who it is about.
        involved: agencies in touch.
        concerns: that concerns add up, if they do; ``count`` of all that were raised.
        count: how many concerns there are.
        refusals: that refusals add up, if they do.
        tried: what was last tried or offered and what came of it, as each agency told it, newest first.
        risky: people in the person's life from whom a risk was noted.
        disputed: what to show beside any of these that is disputed.
    """

    person: Person
    involved: list[Involvement]
    concerns: AddingUp | None
    count: int
    refusals: Refusals | None
    tried: list[ChronologyEntry]
    risky: list[Contact]
    disputed: Marks


@query(records=True)
def concerns_page(*, actor: Actor, person_id: UUID, at: datetime) -> ConcernsPage:
    """Return the concerns about a person, and record that the actor looked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_read_concerns(actor))
    person = get_person(actor=actor, person_id=person_id)
    records = Person.objects.records_of(person.id)
    everywhere = list(records)
    concerns = _concerns(people=everywhere)
    raised = concerns_raised(actor=actor, person=person, records=records, at=at)
    ours = {each.id for each in concerns}
    record(events.CONCERNS_SEEN, actor=actor, person_id=person.id)
    return ConcernsPage(
        person=person,
        concerns=concerns,
        of_others=[each for each in raised if each.id not in ours],
        adding_up=adds_up(raised, day=timezone.localdate(at), limits=adding_up_limits()),
        screenings=_screenings(people=everywhere),
        onward=sent_on(person=person.id),
        case=next(iter(_standing(actor.reach == EVERYBODY, people=everywhere, **who_asks(actor))), None)
        if permissions.may_read_cases(actor).allowed
        else None,
        reader=actor,
        disputed=disputed(person.id),
    )


@composed_once
def _concerns(*, people: list[UUID]) -> QuerySet[Concern]:
    raised = Concern.objects.filter(among("person", people)).select_related("organisation")
    return raised.order_by("-raised_at", "-id")


@composed_once
def _screenings(*, people: list[UUID]) -> QuerySet[Screening]:
    asked = Screening.objects.filter(among("person", people)).select_related("organisation")
    return asked.order_by("-at")


@composed_once
def sent_on(*, person: UUID) -> QuerySet[Onward]:
    """Return what was sent to other processes about a person, newest first. For a checked query."""
    sent = Onward.objects.filter(person__in=Person.objects.all_of(person))
    return sent.select_related("organisation").order_by("-sent_at")


@composed_once
def _standing(
    everything: bool, /, *, people: list[UUID], organisation: UUID | None, account: UUID | None
) -> QuerySet[Case]:
    seen = cases_within(everything, organisation, account)
    return seen.filter(among("person", people), stage__in=STANDING)


@query(records=True)
def concern_asked(*, actor: Actor, person_id: UUID, concern_id: UUID) -> ConcernAsked:
    """Return a concern with what else it may mean, and record that the actor looked.

    Raises:
        NotFoundError: there is no such person or concern, or the actor may not see them.
    """
    require(permissions.may_raise_concerns(actor))
    person = get_person(actor=actor, person_id=person_id)
    concern = Concern.objects.filter(id=concern_id, person__in=Person.objects.records_of(person.id)).first()
    if concern is None:
        raise NotFoundError(_("There is no such concern about this person."))
    record(events.CONCERNS_SEEN, actor=actor, person_id=person.id)
    return ConcernAsked(
        person=person,
        concern=concern,
        forums=meant(concern.words, marm_pack().forums),
        screened=frozenset(concern.screenings.values_list("forum", flat=True)),
    )


@query(records=True)
def evidence_of(*, actor: Actor, person_id: UUID, at: datetime) -> Evidence:
    """Return what the records say that may answer the criteria, and record that the actor looked.

    Raises:
        NotAllowedError: the actor may not send the answer.
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_work_on_cases(actor))
    person = get_person(actor=actor, person_id=person_id)
    records = Person.objects.records_of(person.id)
    raised, day = concerns_raised(actor=actor, person=person, records=records, at=at), timezone.localdate(at)
    record(events.CONCERNS_SEEN, actor=actor, person_id=person.id)
    return Evidence(
        person=person,
        involved=in_touch_with(person=person.id),
        concerns=adds_up(raised, day=day, limits=adding_up_limits()),
        count=len(raised),
        refusals=refusals_of(records=records, day=day),
        tried=list(
            ChronologyEntry.objects.read_by(actor)
            .filter(person__in=records, kind__in=TRIED)
            .select_related("organisation")
            .order_by("-happened_on", "-recorded_at", "id")[:MOST_TRIED]
        ),
        risky=_risky(people=list(records)),
        disputed=disputed(person.id),
    )


@composed_once
def _risky(*, people: list[UUID]) -> QuerySet[Contact]:
    noted = Contact.objects.filter(among("person", people), left_at=None, poses_risk=True)
    return noted.order_by("name", "id")


def concerns_raised(*, actor: Actor, person: Person, records: Collection[UUID], at: datetime) -> list[Raised]:
    """Return who raised concerns about a person and when, newest first; not what they wrote.

    For queries that checked who asks and record that they looked. An agency's is left out where the person
    asked that it does not tell the actor's organisation.
    """
    with beyond_reach(actor):
        found = _raised(people=list(records))
        others = {each[1] for each in found} - {actor.organisation_id}
        # as if the reader's organisation told itself: only the person's wish matters here
        wished = others and not_to_be_told(
            actor=actor, person_id=person.id, organisations=[actor.member_of], at=at
        )
        silent = {
            teller
            for teller in (others if wished else ())
            if not_to_be_told(
                actor=replace(actor, organisation_id=teller),
                person_id=person.id,
                organisations=[actor.member_of],
                at=at,
            )
        }
    return [
        Raised(key, name, timezone.localdate(raised))
        for key, organisation, name, raised in found
        if organisation not in silent
    ]


@composed_once
def _raised(*, people: list[UUID]) -> QuerySet[Concern, Any]:
    raised = Concern.objects.filter(among("person", people)).order_by("-raised_at", "-id")
    return raised.values_list("id", "organisation_id", "organisation__name", "raised_at")


@query(records=True)
def onward_asked(*, actor: Actor, person_id: UUID, onward_id: UUID) -> Onward:
    """Return something the actor's organisation sent on, to note its outcome, and record that they looked.

    Raises:
        NotFoundError: there is no such person, or nothing with this id was sent on.
    """
    require(permissions.may_raise_concerns(actor))
    person = get_person(actor=actor, person_id=person_id)
    found = Onward.objects.filter(
        id=onward_id, person__in=Person.objects.records_of(person.id), organisation_id=actor.member_of
    ).first()
    if found is None:
        raise NotFoundError(_("Your organisation has not sent this on."))
    record(events.CONCERNS_SEEN, actor=actor, person_id=person.id)
    return found

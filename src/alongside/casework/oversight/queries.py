"""Reading the audit trail: all of it, or what it has about one person. Reading it is recorded as well."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.purposes import WATCHING_OVER
from alongside.casework.audit.reading import EventsPage, Turned, Wanted, events_page
from alongside.casework.audit.recorder import record
from alongside.casework.audit.registry import EVENT_TYPES
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.oversight import events, permissions
from alongside.casework.oversight.rules import codes_of
from alongside.casework.people.models import Person
from alongside.casework.people.queries.trail import AboutThem, about_them


@dataclass(frozen=True)
class Narrowed:
    """What somebody looks for in the trail; anything left empty filters nothing.

    Attributes:
        member: account of the member who did it.
        kind: code of a type of event, or what the codes of a family begin with.
        first: from this moment on.
        until: before this moment.
    """

    member: UUID | None = None
    kind: str = ""
    first: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Trail:
    """A page of events, and what the reader may know about the people they concern."""

    page: EventsPage
    people: AboutThem


@query()
def members(*, actor: Actor) -> list[tuple[UUID, str]]:
    """Return account and name of everybody who is or was a member, with their organisations, by name."""
    require(permissions.may_read_trail(actor))
    found: dict[UUID, tuple[str, list[str]]] = {}
    for account, name, organisation in (
        Membership.objects.order_by("user__name", "user_id", "organisation__name")
        .values_list("user_id", "user__name", "organisation__name")
        .distinct()
    ):
        found.setdefault(account, (name, []))[1].append(organisation)
    return [(account, f"{name}, {', '.join(where)}") for account, (name, where) in found.items()]


@query(records=True, shows_people=False)
def trail(*, actor: Actor, narrowed: Narrowed, turned: Turned) -> Trail:
    """Return a page of the audit trail, newest first, and record that the actor read it.

    Raises:
        NotAllowedError: the actor's role does not read the trail.
    """
    require(permissions.may_read_trail(actor))
    wanted = Wanted(
        actor_id=narrowed.member,
        codes=codes_of(narrowed.kind, EVENT_TYPES),
        first=narrowed.first,
        until=narrowed.until,
    )
    page = events_page(wanted, turned)
    people = about_them(actor=actor, events=page.events)
    asked = {name: value for name, value in vars(narrowed).items() if value}
    words = {"member": "member", "kind": "kind", "first": "day", "until": "day"}
    by = ", ".join(dict.fromkeys(words[name] for name in asked)) or "nothing"
    record(events.TRAIL_READ, actor=actor, narrowed_by=by, looked_for=asked)
    return Trail(page, people)


@query(records=True, shows_people=False)
def person_trail(*, actor: Actor, person_id: UUID, turned: Turned) -> Trail:
    """Return a page of what the trail has about one person, by any of their records, newest first.

    It is for answering somebody who asks who has looked at their record; it names nobody whom the actor may
    not see. Reading it is recorded with the person.

    Raises:
        NotFoundError: the trail has nothing about anybody with this id.
        NotAllowedError: the actor's role does not read the trail.
    """
    require(permissions.may_read_trail(actor))
    with beyond_reach(actor):
        records = Person.objects.records_of(person_id) | {person_id}  # events stay when a record is erased
    page = events_page(Wanted(people=records), turned)
    if not page.events and not events_page(Wanted(people=records), Turned()).events:
        raise NotFoundError(_("The audit trail has nothing about a person with this number."))
    people = about_them(actor=actor, events=page.events, person_id=person_id)
    record(events.PERSON_TRAIL_READ, actor=actor.working_for(WATCHING_OVER), person_id=person_id)
    return Trail(page, people)

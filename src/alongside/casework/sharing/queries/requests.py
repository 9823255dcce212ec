"""Requests for information: one of them, those from and to an organisation, how each agency answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.queries import organisations_by_name
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person
from alongside.casework.people.queries import get_person, is_visible, people_visible_to, record_viewed
from alongside.casework.people.queries.whole import whole
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import Agreement, Disclosure, InformationRequest, RequestChaser
from alongside.casework.sharing.queries.agreements import covering, in_the_register
from alongside.casework.sharing.rules.agreements import Extent
from alongside.casework.sharing.rules.basis import PUBLIC_AUTHORITIES, DataClass
from alongside.casework.sharing.rules.letters import letter
from alongside.casework.sharing.rules.requests import OPEN, Asked, State, Tally, Wish, lacks

MOST_SHOWN = 100
"""The most requests from, and the most to, an organisation on a page; those that are waiting come first."""
COUNTED_FOR = timedelta(days=365)
"""How far back answers are counted."""


class RequestEndedError(AlreadyDoneError):
    """The request has been answered, refused or withdrawn; that cannot be changed."""


# One request


def get_request(*, actor: Actor, request_id: UUID) -> InformationRequest:
    """Return a request from or to the actor's organisation. Part of a query or command.

    Raises:
        NotAllowedError: the actor's role has nothing to do with requests.
        NotFoundError: there is none, or it is between others: both get the same answer.
    """
    require(permissions.may_read_requests(actor))
    found = _request(request=request_id, organisation=actor.member_of)
    if not found:
        raise NotFoundError(_("There is no such request from or to your organisation."))
    return found[0]


@composed_once
def _request(*, request: UUID, organisation: UUID) -> QuerySet[InformationRequest]:
    ours = Q(asked_by=organisation) | Q(asked_of=organisation)
    return InformationRequest.objects.filter(ours, id=request).select_related("asked_by", "asked_of")


def lock_request(*, actor: Actor, request_id: UUID) -> InformationRequest:
    """Return a request as ``get_request`` does, locked until the transaction ends."""
    get_request(actor=actor, request_id=request_id)
    InformationRequest.objects.select_for_update(of=("self",), no_key=True).get(id=request_id)
    return get_request(
        actor=actor, request_id=request_id
    )  # read again: whoever held the lock may have ended it


def request_to_answer(*, actor: Actor, request_id: UUID) -> InformationRequest:
    """Return an open request to the actor's organisation, locked. Part of a command that checked who asks.

    Raises:
        NotFoundError: it has no request with this id.
        RequestEndedError: it has already been answered, refused or withdrawn.
    """
    found = lock_request(actor=actor, request_id=request_id)
    require(permissions.may_answer_request(actor, found))
    return must_be_open(found)


def must_be_open(request: InformationRequest) -> InformationRequest:
    """Return a request that has not ended.

    Raises:
        RequestEndedError: it has.
    """
    if not request.is_open:
        raise RequestEndedError(
            _("This request has already ended: %(name)s ended it. What was said then stands.")
            % {"name": request.ended_by_name}
        )
    return request


def why_not_about(request: InformationRequest, records: Collection[UUID], *, actor: Actor) -> str:
    """Return why a request is not about the person these records belong to; empty if it is, or may be.

    Somebody the actor cannot see may be known here by another record. Part of a command.
    """
    if request.person_id in records or not people_visible_to(actor).filter(id=request.person_id).exists():
        return ""
    return _(
        "The request is about another record. If it is about the same person, have the two records joined "
        "first"
    )


def has_ended(request_id: UUID) -> bool:
    """Say whether a request was answered, refused or withdrawn. Part of a query that checked who asks."""
    return not InformationRequest.objects.filter(id=request_id, state__in=OPEN).exists()


def open_to_us(*, actor: Actor) -> list[InformationRequest]:
    """Return the open requests to the actor's organisation. Part of a query that checked who asks."""
    return _open_to(organisation=actor.member_of)


@composed_once
def _open_to(*, organisation: UUID) -> QuerySet[InformationRequest]:
    found = InformationRequest.objects.filter(asked_of_id=organisation, state__in=OPEN)
    return found.select_related("asked_by").order_by("due", "id")[:MOST_SHOWN]


@dataclass(frozen=True)
class RequestPage:
    """All that the page of a request shows.

    Attributes:
        request: the request.
        chasers: who was reminded, the oldest first.
        agreements: those that cover it today; if none does, ``why_not_covered`` says why.
        sees_person: whether the reader sees the person's record.
        told_id: the disclosure by which the reader's organisation was answered, if it was.
    """

    request: InformationRequest
    chasers: list[RequestChaser]
    agreements: list[Agreement]
    why_not_covered: str
    sees_person: bool
    told_id: UUID | None


@query(records=True)
def request_page(*, actor: Actor, request_id: UUID, day: date) -> RequestPage:
    """Return a request, and record that the actor read it.

    Raises:
        NotFoundError: there is none, or it is between others.
    """
    found = get_request(actor=actor, request_id=request_id)
    covers, why_not = _covering(
        day=day,
        between=(found.asked_by_id, found.asked_of_id),
        purpose=found.purpose,
        kinds=frozenset(map(DataClass, found.kinds)),
    )
    record(events.REQUEST_READ, actor=actor, person_id=found.person_id, about=("request", found.id))
    return RequestPage(
        request=found,
        chasers=_chasers(request=found.id),
        agreements=covers,
        why_not_covered=why_not,
        sees_person=is_visible(actor=actor, person_id=found.person_id),
        told_id=_told_by(found, actor) if found.decision_id else None,
    )


@composed_once
def _chasers(*, request: UUID) -> QuerySet[RequestChaser]:
    return RequestChaser.objects.filter(request=request)


def _told_by(request: InformationRequest, actor: Actor) -> UUID | None:
    told = Disclosure.objects.filter(decision_id=request.decision_id, organisation_id=actor.member_of)
    return told.values_list("id", flat=True).first()


# Asking


@dataclass(frozen=True)
class Asking:
    """What the form for asking shows: who it is about, who can be asked, and whether a power is needed."""

    known_as: str
    who: str
    organisations: list[Organisation]
    by_public_authority: bool


@query(records=True)
def asking_about(*, actor: Actor, person_id: UUID) -> Asking:
    """Return what the form for asking about a person shows, and record that the actor looked.

    Raises:
        NotAllowedError: the actor may not ask.
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_ask_for_information(actor))
    person = get_person(actor=actor, person_id=person_id)
    known = whole(person)
    record_viewed(actor=actor, person=person, everywhere=[each.id for each in known.records])
    everybody = organisations_by_name()
    own = next(each for each in everybody if each.id == actor.member_of)
    return Asking(
        known_as=person.known_as,
        who=known.told_to_others,
        organisations=[each for each in everybody if each.id != own.id],
        by_public_authority=own.kind in PUBLIC_AUTHORITIES,
    )


@dataclass(frozen=True)
class Draft:
    """A request before it is sent.

    Attributes:
        letter: as it would be sent; empty while something is wrong.
        wrong: by field, what has to be put right.
        why_not_covered: why no agreement covers it; empty if one does.
    """

    letter: str
    wrong: dict[str, str]
    why_not_covered: str


@query()
def draft(*, actor: Actor, person_id: UUID, asked_of_id: UUID, wish: Wish, day: date) -> Draft:
    """Return the letter that would be sent, so that whoever asks can read it first.

    Raises:
        NotAllowedError: the actor may not ask.
        NotFoundError: there is no such person or organisation, or the person is not theirs to see.
    """
    require(permissions.may_ask_for_information(actor))
    person = get_person(actor=actor, person_id=person_id)
    it, why_not = put_together(
        actor=actor, person=person, asked_of=organisation_asked(asked_of_id), wish=wish, day=day
    )
    wrong = lacks(it)
    return Draft("" if wrong else letter(it), wrong, why_not)


def organisation_asked(asked_of_id: UUID) -> Organisation:
    """Return an organisation in the partnership. Part of a query or command.

    Raises:
        NotFoundError: there is none.
    """
    found = Organisation.objects.filter(id=asked_of_id).first()
    if found is None:
        raise NotFoundError(_("There is no such organisation in the partnership."))
    return found


def put_together(
    *, actor: Actor, person: Person, asked_of: Organisation, wish: Wish, day: date
) -> tuple[Asked, str]:
    """Return a whole request, and why no agreement covers it (empty if one does).

    Part of a query or command that checked who asks.
    """
    own = Organisation.objects.get(id=actor.member_of)
    covers, why_not = _covering(
        day=day, between=(own.id, asked_of.id), purpose=actor.purpose, kinds=wish.kinds
    )
    return (
        Asked(
            asker=own.name,
            asker_kind=own.kind,
            asked=asked_of.name,
            asked_kind=asked_of.kind,
            signed_by=actor.name,
            who=whole(person).told_to_others,
            asked_on=day,
            wish=wish,
            agreements=tuple(each.reference for each in covers),
        ),
        why_not,
    )


def _covering(
    *, day: date, between: tuple[UUID, UUID], purpose: str, kinds: frozenset[DataClass]
) -> tuple[list[Agreement], str]:
    """The agreements that cover all kinds of data; if none does, why not, for the first kind without one."""
    found: list[Agreement] | None = None
    register = in_the_register()
    for kind in sorted(kinds):
        covers, why_not = covering(
            register, day=day, between=between, purpose=purpose, data=kind, extent=Extent.CONTENT
        )
        if why_not:
            return [], why_not
        found = covers if found is None else [each for each in found if each in covers]
    return (found, "") if found else ([], _("No single agreement covers all of these kinds of data."))


# Many


@dataclass(frozen=True)
class Requests:
    """Requests from and to an organisation; those waiting come first, by the day they are due."""

    to_us: list[InformationRequest]
    from_us: list[InformationRequest]


@query(records=True)
def requests_page(*, actor: Actor) -> Requests:
    """Return the requests from and to the actor's organisation, and record how many were shown."""
    require(permissions.may_read_requests(actor))
    page = Requests(
        to_us=_listed("asked_of", organisation=actor.member_of),
        from_us=_listed("asked_by", organisation=actor.member_of),
    )
    record(events.REQUESTS_LISTED, actor=actor, found=len(page.to_us) + len(page.from_us))
    return page


@composed_once
def _listed(side: str, /, *, organisation: UUID) -> QuerySet[InformationRequest]:
    ours = InformationRequest.objects.filter(**{side: organisation})
    return (
        ours.select_related("asked_by", "asked_of")
        .annotate(ended=Q(ended_at__isnull=False))
        .order_by("ended", F("ended_at").desc(nulls_first=True), "due", "id")[:MOST_SHOWN]
    )


@query(records=True, shows_people=False)
def counts(*, actor: Actor, day: date) -> list[Tally]:
    """Return how each agency answered what anybody asked it in the last year, by name.

    For the whole partnership, beyond reach: partners answer to each other for it (Care Act 2014, section 7).
    It names no person, and is recorded. What was withdrawn is not counted.
    """
    require(permissions.may_count_requests(actor))
    answered = Q(state__in=[State.ANSWERED, State.NOTHING_HELD])
    in_time = Q(ended_at__date__lte=F("due"))
    with beyond_reach(actor):
        rows = list(
            InformationRequest.objects.filter(asked_at__date__gt=day - COUNTED_FOR)
            .exclude(state=State.WITHDRAWN)
            .values(agency=F("asked_of__name"))
            .annotate(
                asked=Count("id"),
                in_time=Count("id", filter=answered & in_time),
                late=Count("id", filter=answered & ~in_time),
                refused=Count("id", filter=Q(state=State.REFUSED)),
                silent=Count("id", filter=Q(state__in=OPEN, due__lt=day)),
            )
            .order_by("agency")
        )
    record(events.REQUESTS_COUNTED, actor=actor)
    return [Tally(**row) for row in rows]


def still_open(*, due_by: date) -> list[InformationRequest]:
    """Return all open requests that are due, locked, with their chasers. For the nightly command."""
    return list(
        InformationRequest.objects.filter(state__in=OPEN, due__lte=due_by)
        .select_related("asked_by", "asked_of")
        .prefetch_related(Prefetch("chasers"))
        .select_for_update(of=("self",), no_key=True)
        .order_by("id")
    )

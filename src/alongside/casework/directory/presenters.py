"""The finished words of the directory's pages."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.directory.hours import hours_in_words
from alongside.casework.directory.models import Service
from alongside.casework.directory.queries.pages import FeedRow, ServicePage
from alongside.casework.directory.queries.search import Found, Results
from alongside.casework.directory.rules import (
    HERE,
    Nearness,
    Running,
    Status,
    copy_is_stale,
    entry_is_stale,
    have_ended,
    running,
)

METRES_IN_A_MILE = 1609.344


@dataclass(frozen=True)
class Row:
    """One service in a list of results."""

    id: str
    name: str
    provider: str
    summary: str
    running: Tag
    distance: str
    stale: Tag | None
    alert: str


@dataclass(frozen=True)
class ResultsShown:
    """What was found, in words."""

    heading: str
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]
    page: int
    pages: int


class ContactBy(StrEnum):
    """How to reach a service; pages name it in the reader's language."""

    TELEPHONE = "telephone"
    ROLE = "role"
    EMAIL = "email"
    ADDRESS = "address"


CONTACT_WORDS = {
    ContactBy.TELEPHONE: gettext_lazy("Telephone"),
    ContactBy.ROLE: gettext_lazy("Ask for"),
    ContactBy.EMAIL: gettext_lazy("E-mail"),
    ContactBy.ADDRESS: gettext_lazy("Address"),
}


@dataclass(frozen=True)
class Way:
    """One way to reach a service: the sort of way, its label in words, and the number or place."""

    by: ContactBy
    label: str
    value: str


@dataclass(frozen=True)
class ServiceShown:
    """Everything shown about one service, in words."""

    id: str
    name: str
    provider: str
    description: tuple[str, ...]
    running: Tag
    alert: str
    hours: tuple[str, ...]
    reach: tuple[Way, ...]
    website: str
    facts: tuple[tuple[str, str], ...]
    confirmed: str
    stale: Tag | None
    origin: str
    may_keep: bool
    may_confirm: bool


@dataclass(frozen=True)
class OwnShown:
    """One of the organisation's own entries, in words."""

    id: str
    name: str
    confirmed: str
    stale: Tag | None


@dataclass(frozen=True)
class FeedShown:
    """A feed, in words."""

    name: str
    address: str
    checked: str
    copied: str
    outcome: str
    left_out: tuple[str, ...]
    stale: Tag | None


def results_shown(results: Results, at: datetime, *, asked_for_a_time: bool) -> ResultsShown:
    """Say what was found."""
    warnings = []
    if not results.place_known:
        warnings.append(
            _(
                "The directory does not know where that postcode is, so distance was left out. "
                "Try the first half of the postcode, or the name of the town."
            )
        )
    if results.cut:
        warnings.append(_("There are too many results to go through. Say more about what is needed."))
    count = results.total
    return ResultsShown(
        heading=ngettext("%(count)s service found", "%(count)s services found", count) % {"count": count}
        if count
        else _("No services found"),
        rows=tuple(_row(found, at, asked_for_a_time) for found in results.found),
        warnings=tuple(warnings),
        page=results.page,
        pages=results.pages,
    )


def _row(found: Found, at: datetime, asked_for_a_time: bool) -> Row:
    service = found.service
    return Row(
        id=str(service.id),
        name=service.name,
        provider=service.organization.name,
        summary=_shortened(service.description),
        running=running_tag(service.status, found.running, now=not asked_for_a_time),
        distance=_distance(found),
        stale=_stale(service, at),
        alert=service.alert,
    )


def _distance(found: Found) -> str:
    if found.nearness in (Nearness.DISTRICT, Nearness.AREA):
        # a place that nobody put on the map is not everywhere, as a helpline is
        return _("distance not known")
    if found.metres is not None:
        return _("%(miles)s miles") % {"miles": f"{found.metres / METRES_IN_A_MILE:.1f}"}
    return _("in the postcode asked for") if found.nearness is Nearness.ASKED_FOR else ""


def service_shown(page: ServicePage, at: datetime) -> ServiceShown:
    """Say everything shown about one service."""
    service = page.service
    languages = ", ".join(each.name for each in service.languages.all())
    areas = ", ".join(each.name for each in service.service_areas.all())
    needs = ", ".join(sorted(each.term.name for each in service.attributes.all()))
    costs = [
        f"{each.option or each.amount_description} {'' if each.amount is None else each.amount}".strip()
        for each in service.cost_options.all()
    ]
    facts = (
        (_("Helps with"), needs),
        (_("For"), ages_in_words(service.minimum_age, service.maximum_age)),
        (_("Area"), areas),
        (_("Languages"), languages),
        (_("Cost"), "; ".join(part for part in (service.fees, *costs) if part)),
    )
    return ServiceShown(
        id=str(service.id),
        name=service.name,
        provider=service.organization.name,
        description=tuple(part.strip() for part in service.description.split("\n") if part.strip()),
        running=running_tag(service.status, page.running, gone=service.gone_since is not None),
        alert=service.alert,
        hours=_hours(service, at.astimezone(HERE).date()),
        reach=_reach(service),
        website=service.url if service.url.lower().startswith(("http://", "https://")) else "",
        facts=tuple((name, value) for name, value in facts if value),
        confirmed=_confirmed(service),
        stale=_stale(service, at),
        origin=_origin(service),
        may_keep=page.may_keep.allowed,
        may_confirm=page.may_keep.allowed and service.assured_date != timezone.localdate(at),
    )


def _hours(service: Service, on: date) -> tuple[str, ...]:
    told = [each.hours for each in service.schedules.all()]
    return tuple(hours_in_words(hours, on=on) for hours in told if not have_ended(hours, on=on))


def _reach(service: Service) -> tuple[Way, ...]:
    ways = [
        (ContactBy.TELEPHONE, f"{each.number}{f' ({each.description})' if each.description else ''}")
        for each in service.phones.all()
    ]
    if service.contact_role and not any(each.description for each in service.phones.all()):
        ways.append((ContactBy.ROLE, service.contact_role))
    if service.email:
        ways.append((ContactBy.EMAIL, service.email))
    for at_location in service.service_at_locations.all():
        ways += [
            (ContactBy.ADDRESS, ", ".join(part for part in (
                each.address_1, each.address_2, each.city, each.postal_code) if part))
            for each in at_location.location.addresses.all()
        ]  # fmt: skip
    return tuple(Way(by, str(CONTACT_WORDS[by]), value) for by, value in ways)


def running_tag(status: str, state: Running, *, now: bool = True, gone: bool = False) -> Tag:
    """Say whether a service is running; ``now`` is False if the search was for another time."""
    if gone:
        return Tag(_("No longer listed by the directory it came from"), "red")
    if status == Status.TEMPORARILY_CLOSED:
        return Tag(_("Closed for now"), "red")
    if status != Status.ACTIVE:
        return Tag(_("No longer running"), "red")
    return {
        Running.OPEN: Tag(_("Open now") if now else _("Open then"), "green"),
        Running.USUALLY: Tag(_("Usually open, but it is a bank holiday: ring first"), "yellow"),
        Running.CLOSED: Tag(_("Not open now") if now else _("Not open then"), "grey"),
        Running.NOT_KNOWN: Tag(_("Opening hours not known: ring first"), "yellow"),
    }[state]


def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    """Say which ages a service is for."""
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return _("people aged %(youngest)s and over") % {"youngest": youngest}
    if youngest is None:
        return _("people aged %(oldest)s and under") % {"oldest": oldest}
    return _("people aged %(youngest)s to %(oldest)s") % {"youngest": youngest, "oldest": oldest}


@dataclass(frozen=True)
class OfferedShown:
    """A service among those an organisation offers."""

    id: str
    name: str
    summary: str
    running: Tag
    ages: str


def offered_shown(service: Service, at: datetime) -> OfferedShown:
    """Say what somebody should know about a service before they refer a person to it."""
    hours = [each.hours for each in service.schedules.all()]
    return OfferedShown(
        id=str(service.id),
        name=service.name,
        summary=_shortened(service.description),
        running=running_tag(service.status, running(service.status, hours, at)),
        ages=ages_in_words(service.minimum_age, service.maximum_age),
    )


def own_shown(entries: tuple[Service, ...], at: datetime) -> tuple[OwnShown, ...]:
    """Say what the organisation's own entries are, and when somebody last confirmed each."""
    return tuple(OwnShown(str(each.id), each.name, _confirmed(each), _stale(each, at)) for each in entries)


def _confirmed(service: Service) -> str:
    if service.assured_date is None:
        return _("Nobody has confirmed that this is right")
    return _("Last confirmed on %(day)s") % {"day": day_in_words(service.assured_date)}


def feed_shown(feed: FeedRow) -> FeedShown:
    """Say what came of the last time a feed was checked."""
    return FeedShown(
        name=feed.name,
        address=feed.address,
        checked=_("Last checked on %(moment)s") % {"moment": moment_in_words(feed.checked_at)}
        if feed.checked_at
        else _("Never checked"),
        copied=_("Last good copy from %(moment)s") % {"moment": moment_in_words(feed.fetched_at)}
        if feed.fetched_at
        else _("No copy yet"),
        outcome=feed.outcome,
        left_out=feed.left_out,
        stale=Tag(_("Out of date"), "red") if feed.stale else None,
    )


def _origin(service: Service) -> str:
    if service.feed is None:
        return _("Kept by %(organisation)s") % {"organisation": service.organization.name}
    copied = service.feed.fetched_at
    if copied is None:
        return _("From %(feed)s") % {"feed": service.feed.name}
    names = {"feed": service.feed.name, "moment": moment_in_words(copied)}
    return _("From %(feed)s, as it was on %(moment)s") % names


def _stale(service: Service, at: datetime) -> Tag | None:
    old_copy = service.feed is not None and copy_is_stale(service.feed.fetched_at, at=at)
    if old_copy or entry_is_stale(service.assured_date, on=at.astimezone(HERE).date()):
        return Tag(_("May be out of date"), "orange")
    return None


def _shortened(text: str, most: int = 200) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"

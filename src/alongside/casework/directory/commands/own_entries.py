"""Own entries: members of the partnership keep the entries of their own services."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.directory import events, permissions
from alongside.casework.directory.models import DirectoryOrganization, Service, TaxonomyTerm
from alongside.casework.directory.models.entries import entry_of, tell_all
from alongside.casework.directory.models.services import local_day
from alongside.casework.directory.rules import Entry, Status
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.operations import command


class EntryNotSoundError(CaseworkError):
    """What an entry says is not possible; the message says what would be right."""


class EntryClosedError(CaseworkError):
    """The entry is closed and stays closed: a service that opens again needs a new entry."""


@command
def publish_service(*, actor: Actor, at: datetime, entry: Entry) -> Service:
    """Add a service of the actor's own organisation to the directory, and so to what is published.

    Raises:
        NotAllowedError: the actor does not edit the directory.
        EntryNotSoundError: see the message.
        NotFoundError: the organisation is not a member of the partnership.
    """
    require(permissions.may_publish(actor))
    _must_be_sound(entry)
    if entry.status == Status.DEFUNCT:
        raise EntryNotSoundError(_("A service that is no longer offered cannot be published."))
    member = Organisation.objects.filter(id=actor.organisation_id or UUID(int=0)).first()
    if member is None:
        raise NotFoundError(_("There is no such organisation in the partnership."))
    service = tell_all(
        Service.publish(
            organization=DirectoryOrganization.of_member(member), at=at, name=entry.name, status=entry.status
        ),
        entry,
        at=at,
    )
    record(events.SERVICE_PUBLISHED, actor=actor, service=service.name, about=("service", service.id))
    return service


@command
def change_service(*, actor: Actor, at: datetime, service_id: UUID, entry: Entry, seen: datetime) -> Service:
    """Change what an own entry says.

    Args:
        actor: who.
        at: now.
        service_id: the entry.
        entry: everything it says from now on.
        seen: ``last_modified`` of the entry that was on the screen.

    Raises:
        NotAllowedError: it is another organisation's, or from a feed.
        StaleError: somebody changed it since it was opened.
        AlreadyDoneError: it already says all of that.
        EntryClosedError: it is closed.
        EntryNotSoundError: see the message.
        NotFoundError: there is no such entry.
    """
    service = _own_entry(actor, service_id)
    if service.last_modified != seen:
        raise StaleError(
            _(
                "Somebody else changed this entry while you had it open. What you wrote is below, beside "
                "theirs: choose what to keep."
            )
        )
    _must_be_sound(entry)
    if entry.status == Status.DEFUNCT:
        raise EntryNotSoundError(_("To say that a service is no longer offered, close its entry."))
    if entry_of(service) == entry:
        raise AlreadyDoneError(
            _("The entry already says all of this. If it is still right, confirm that instead.")
        )
    service = tell_all(service, entry, at=at)
    record(events.SERVICE_CHANGED, actor=actor, service=service.name, about=("service", service.id))
    return service


@command
def close_service(*, actor: Actor, at: datetime, service_id: UUID) -> Service:
    """Say that a service is no longer offered, so that nobody is sent there again.

    Raises:
        NotAllowedError: it is another organisation's, or from a feed.
        EntryClosedError: it is closed already.
        NotFoundError: there is no such entry.
    """
    service = _own_entry(actor, service_id)
    service.close(at=at)
    record(events.SERVICE_CLOSED, actor=actor, service=service.name, about=("service", service.id))
    return service


@command
def confirm_entry(*, actor: Actor, at: datetime, service_id: UUID) -> Service:
    """Say, as the service itself, that its entry is still right.

    Raises:
        NotAllowedError: it is another organisation's, or from a feed.
        AlreadyDoneError: somebody has confirmed it today.
        EntryClosedError: it is closed.
        NotFoundError: there is no such entry.
    """
    service = _own_entry(actor, service_id)
    if service.assured_date == local_day(at):
        raise AlreadyDoneError(_("Somebody has already confirmed today that this entry is right."))
    service.confirm(at=at)
    record(events.ENTRY_CONFIRMED, actor=actor, service=service.name, about=("service", service.id))
    return service


def _own_entry(actor: Actor, service_id: UUID) -> Service:
    service = Service.objects.select_for_update(of=("self",), no_key=True).filter(id=service_id).first()
    if service is None:
        require(permissions.may_publish(actor))
        raise NotFoundError(_("There is no such entry in the directory."))
    require(permissions.may_keep(actor, owner_id=service.organization.member_id))
    if service.status == Status.DEFUNCT:
        raise EntryClosedError(_("This entry is closed. If the service is offered again, add a new entry."))
    return service


def _must_be_sound(entry: Entry) -> None:
    if not entry.name.strip():
        raise EntryNotSoundError(_("Enter the name of the service."))
    if (
        entry.minimum_age is not None
        and entry.maximum_age is not None
        and entry.minimum_age > entry.maximum_age
    ):
        raise EntryNotSoundError(_("The youngest age must not be higher than the oldest."))
    if entry.url and not entry.url.startswith(("http://", "https://")):
        raise EntryNotSoundError(_("Enter a web address that begins with http:// or https://."))
    known = TaxonomyTerm.objects.filter(id__in=entry.needs, taxonomy__feed=None).count()
    if known != len(entry.needs):
        raise EntryNotSoundError(_("One of the needs is not in the partnership's list."))

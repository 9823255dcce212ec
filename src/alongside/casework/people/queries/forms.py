"""What a form is about: looked up before it is shown, and by the command that takes its answer."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.people import events, permissions
from alongside.casework.people.models import ChronologyEntry, Contact, Involvement, Person
from alongside.casework.people.queries import get_person, record_viewed
from alongside.casework.people.queries.whole import whole

NO_SUCH_RECORD = gettext_lazy("This is not one of the person's records, or it no longer is.")


@dataclass(frozen=True)
class ToChange:
    """A record that a form changes, and whether the form must not show its address."""

    record: Person
    address_kept_back: bool


def on_network(person: Person, contact_id: UUID) -> Contact:
    """Return somebody on the network of a person the actor sees, across all their joined records.

    Raises:
        NotFoundError: nobody with this id is on it, or they no longer are.
    """
    found = _contact(person=person.id, contact=contact_id)
    if not found:
        raise NotFoundError(_("There is no such contact on the person's network."))
    return found[0]


@composed_once
def _contact(*, person: UUID, contact: UUID) -> QuerySet[Contact]:
    everywhere = Person.objects.all_of(person)
    return Contact.objects.filter(id=contact, person__in=everywhere, left_at=None)


@query()
def form_allowed(*, actor: Actor, permission: Permission) -> None:
    """Check, before a form is shown, that its answer would be accepted.

    Raises:
        NotAllowedError: it would not.
    """
    require(actor.may(permission))


@query()
def form_about(*, actor: Actor, permission: Permission, person_id: UUID) -> str:
    """Return what the person a form is about likes to be called, if its answer would be accepted.

    Raises:
        NotAllowedError: it would not.
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(actor.may(permission))
    return get_person(actor=actor, person_id=person_id).known_as


@query(records=True)
def record_to_change(*, actor: Actor, person_id: UUID, record_id: UUID | None = None) -> ToChange:
    """Return the record that a form to change it shows, and record that the actor looked.

    A protected address is kept back from all but managers; that one was shown it is recorded too.

    Args:
        actor: who.
        person_id: whose.
        record_id: which of their records; by default, their main record.

    Raises:
        NotAllowedError: the change would not be accepted.
        NotFoundError: there is no such person, or the actor may not see them; or the record is not theirs.
    """
    require(actor.may(Permission.PERSON_EDIT))
    known = whole(get_person(actor=actor, person_id=person_id))
    found = next((each for each in known.records if each.id == (record_id or known.head.id)), None)
    if found is None:
        raise NotFoundError(str(NO_SUCH_RECORD))
    record_viewed(actor=actor, person=known.head, everywhere=[each.id for each in known.records])
    is_shown = permissions.may_be_shown_protected_addresses(actor).allowed
    if known.protected and is_shown:
        record(events.ADDRESS_SHOWN, actor=actor, person_id=known.head.id)
    return ToChange(found, address_kept_back=known.protected and not is_shown)


@query()
def form_about_contact(*, actor: Actor, person_id: UUID, contact_id: UUID) -> str:
    """Return the name of somebody on a person's network, if the actor may remove them.

    Raises:
        NotAllowedError: they may not.
        NotFoundError: there is no such person, or nobody with this id is on their network.
    """
    require(permissions.may_add_to_chronology(actor))
    return on_network(get_person(actor=actor, person_id=person_id), contact_id).name


@query()
def form_about_involvement(*, actor: Actor, person_id: UUID, involvement_id: UUID) -> None:
    """Check, before the form to end an involvement is shown, that there is one to end.

    Raises:
        NotAllowedError: the actor's role does not allow it.
        NotFoundError: there is no such person; or the involvement is another organisation's, has ended, or
            never existed: all get the same answer.
    """
    require(permissions.may_add_to_chronology(actor))
    person = get_person(actor=actor, person_id=person_id)
    if not _involvement(person=person.id, involvement=involvement_id, organisation=actor.member_of):
        raise NotFoundError(_("Your organisation has no such involvement."))


@composed_once
def _involvement(*, person: UUID, involvement: UUID, organisation: UUID) -> QuerySet[Involvement]:
    everywhere = Person.objects.all_of(person)
    return Involvement.objects.filter(
        id=involvement, person__in=everywhere, organisation=organisation, until=None
    )


@query()
def form_about_entry(*, actor: Actor, person_id: UUID, entry_id: UUID) -> ChronologyEntry:
    """Return the entry of a chronology that a form is about, if the actor may correct it.

    Raises:
        NotAllowedError: the actor's role does not allow it, or another organisation wrote it.
        NotFoundError: there is no such person or entry, or the actor may not see them.
    """
    require(permissions.may_add_to_chronology(actor))
    return entry_to_correct(
        actor=actor, person=get_person(actor=actor, person_id=person_id), entry_id=entry_id
    )


def entry_to_correct(*, actor: Actor, person: Person, entry_id: UUID) -> ChronologyEntry:
    """Return an entry of a person's chronology that the actor may correct; see ``form_about_entry``."""
    require(permissions.may_add_to_chronology(actor))
    found = _entry(person=person.id, entry=entry_id)
    if not found:
        raise NotFoundError(_("There is no such entry."))
    require(permissions.may_correct(actor, found[0]))
    return found[0]


@composed_once
def _entry(*, person: UUID, entry: UUID) -> QuerySet[ChronologyEntry]:
    told = ChronologyEntry.objects.filter(id=entry, person__in=Person.objects.all_of(person))
    return told.select_related("organisation")

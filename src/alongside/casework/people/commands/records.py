"""Create a person's record, change it, and write down what they say."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.operations import command
from alongside.casework.people import events, permissions
from alongside.casework.people.models import AboutMe, Contact, Person, Reach
from alongside.casework.people.queries import get_person, lock_person
from alongside.casework.people.queries.forms import NO_SUCH_RECORD, on_network
from alongside.casework.people.rules import ReachWhy, Section, clashes

CHANGEABLE = frozenset(
    {
        "known_as", "forename", "surname", "other_names", "pronouns", "self_description", "date_of_birth",
        "nhs_number", "language", "interpreter", "how_to_communicate", "adjustments", "safe_contact",
        "telephone", "email", "address", "postcode", "uprn", "address_protected", "died_on",
    }
)  # fmt: skip
"""The parts of a record that may be changed. The person's own words are not among them: they are added to."""


class NotChangeableError(CaseworkError):
    """Something was given that is not a changeable part of a record."""


class NotSaidYetError(CaseworkError):
    """The words are said to have been said on a day in the future."""


class NothingChangedError(AlreadyDoneError):
    """Everything that was given is what the record already says."""


@command
def admit_person(
    *, actor: Actor, at: datetime, why: ReachWhy, known: dict[str, Any], about: UUID | None = None
) -> Person:
    """Create a record of a person, whom the actor's organisation may then see.

    Check first for existing records (``queries.duplicates``).

    Args:
        actor: who.
        at: when.
        why: why their organisation may see the person.
        known: what is known, by the names in ``CHANGEABLE``; ``known_as`` at least.
        about: the release, referral or concern it comes from.

    Raises:
        NotAllowedError: the actor's role does not allow it.
        NotChangeableError: something in ``known`` is not part of a record.
    """
    require(permissions.may_change_people(actor))
    _only_changeable(known)
    person = Person.admit(at=at, why=why, **known)
    if actor.organisation_id:
        Reach.give(
            person_id=person.id,
            organisation_id=actor.member_of,
            why=why,
            at=at,
            about=about,
            purpose=actor.purpose,
        )
    record(events.PERSON_ADMITTED, actor=actor, person_id=person.id, why=why)
    return person


@command
def change_person(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    opened_version: int,
    changed: dict[str, Any],
    record_id: UUID | None = None,
    opened_record: UUID | None = None,
) -> Person:
    """Change what is known of a person, on one record of theirs.

    Args:
        actor: who.
        at: when.
        person_id: whose.
        opened_version: the version of the record that was open when it was changed.
        changed: what it should say, by the names in ``CHANGEABLE``.
        record_id: which of their records; by default, their main record.
        opened_record: the record that was open, which may no longer be their main one; by default, the one
            that is changed.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them; or the record is not theirs.
        StaleError: somebody else changed the record after it was opened, or joined or separated records, so
            that it is another one; show both, lose neither.
        NothingChangedError: nothing differs from the record.
        NotChangeableError: something is not part of a record.
    """
    require(permissions.may_change_people(actor))
    _only_changeable(changed)
    person = (
        _locked_record(actor, person_id, record_id)
        if record_id
        else lock_person(actor=actor, person_id=person_id)
    )
    if opened_record not in (None, person.id):  # whatever their versions: those of two records may be equal
        raise StaleError(
            _(
                "This record was joined with another or separated while you had it open, and the form now "
                "shows a different record. Your changes are below, beside what that record says: choose what "
                "to keep."
            )
        )
    if clashes(opened_version, person.version):
        raise StaleError(
            _(
                "Somebody else changed this record while you had it open. Your changes are below, "
                "beside theirs: choose what to keep."
            )
        )
    different = {name: value for name, value in changed.items() if getattr(person, name) != value}
    if not different:
        raise NothingChangedError(_("You have not changed anything: the record already says this."))
    person.tell(**different)
    record(
        events.PERSON_CHANGED,
        actor=actor,
        person_id=person.id,
        fields=", ".join(sorted(different)).replace("_", " "),
    )
    return person


def _locked_record(actor: Actor, person_id: UUID, record_id: UUID) -> Person:
    """One of a person's records, locked together with their main record, so that nobody separates them."""
    head = get_person(actor=actor, person_id=person_id)
    found = Person.objects.locked(head.id, record_id).get(record_id)
    if found is None or record_id not in Person.objects.records_of(head.id):
        raise NotFoundError(str(NO_SUCH_RECORD))
    return found


@command
def write_down_words(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    section: Section,
    words: str,
    said_on: date,
    how: str = "",
    pen: str = AboutMe.Pen.STAFF,
    place: int = 0,
) -> AboutMe:
    """Write down what the person said, word for word. It stays as it is; newer words are shown above it.

    Args:
        actor: who wrote it down, or whose device the person wrote on.
        at: when.
        person_id: whose words.
        section: what they are about.
        words: the words.
        said_on: on which day.
        how: how it was said.
        pen: who held the pen, as in ``AboutMe.Pen``.
        place: among what was said in the same conversation, which is written down at the same time.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
        NotSaidYetError: the day is in the future.
    """
    require(permissions.may_add_to_chronology(actor))
    person = lock_person(actor=actor, person_id=person_id)
    if said_on > timezone.localdate(at):
        raise NotSaidYetError(_("This day is in the future: choose today or an earlier day."))
    said = AboutMe.write_down(
        person=person,
        section=section,
        words=words,
        said_on=said_on,
        how=how,
        pen=pen,
        place=place,
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
    )
    record(events.WORDS_KEPT, actor=actor, person_id=person.id, section=section, pen=pen)
    return said


@command
def note_contact(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    name: str,
    relationship: str,
    how_to_reach: str = "",
    permission: str = Contact.Permission.NOT_ASKED,
    permission_words: str = "",
    poses_risk: bool = False,
) -> Contact:
    """Note somebody in the person's life, and whether the person lets us speak with them.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_add_to_chronology(actor))
    person = lock_person(actor=actor, person_id=person_id)
    contact = Contact.note(
        person=person,
        name=name,
        relationship=relationship,
        how_to_reach=how_to_reach,
        permission=permission,
        permission_words=permission_words,
        poses_risk=poses_risk,
        by=actor.name,
        at=at,
    )
    record(events.CONTACT_NOTED, actor=actor, person_id=person.id)
    return contact


@command
def take_off_network(*, actor: Actor, at: datetime, person_id: UUID, contact_id: UUID) -> Contact:
    """Remove somebody from the person's network. That they were on it is kept.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them, or nobody with this id is
            on their network.
    """
    require(permissions.may_add_to_chronology(actor))
    person = lock_person(actor=actor, person_id=person_id)
    contact = on_network(person, contact_id)
    contact.leave(at=at)
    record(events.CONTACT_LEFT, actor=actor, person_id=person.id)
    return contact


def _only_changeable(given: dict[str, Any]) -> None:
    if wrong := sorted(set(given) - CHANGEABLE):
        raise NotChangeableError(
            _("%(fields)s cannot be set on a person's record.") % {"fields": ", ".join(wrong)}
        )

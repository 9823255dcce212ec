"""An event of the audit trail in words: what was done, by whom, when, for what purpose, and about whom."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.accounts.purposes import title_of
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.registry import REFUSED
from alongside.casework.audit.telling import told
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import moment_in_words
from alongside.casework.people.queries.trail import AboutThem

_EMERGENCIES = "person.emergency_"


@dataclass(frozen=True)
class EventLine:
    """One event.

    Attributes:
        number: its number in the chain.
        when: day and time.
        what: its sentence, which begins with the actor.
        organisation: the one they acted for.
        purpose: the purpose they worked for; empty if they needed none.
        person_id: who it is about, if anybody.
        person: what the person is known as, or a note that they are outside the reader's reach.
        tag: set if it was a refusal or an emergency.
    """

    number: int
    when: str
    what: str
    organisation: str
    purpose: str
    person_id: UUID | None
    person: str
    tag: Tag | None


def event_line(event: AuditEvent, people: AboutThem) -> EventLine:
    """Return an event as a line, with what its reader may know about the people concerned."""
    about = event.person_id
    return EventLine(
        number=event.sequence,
        when=moment_in_words(event.at),
        what=told(event, in_full=about is None or about in people.names),
        organisation=event.organisation_name,
        purpose=title_of(event.purpose) if event.purpose else "",
        person_id=about,
        person=people.name_of(about) if about else "",
        tag=_tag(event, people),
    )


def _tag(event: AuditEvent, people: AboutThem) -> Tag | None:
    if event.code == REFUSED.code:
        return Tag(_("Refused"), "red")
    if event.code.startswith(_EMERGENCIES) or event.sequence in people.in_emergency:
        return Tag(_("Emergency"), "orange")
    return None

"""Tell a worry in a few words: a record, a concern, and whoever contacts people is asked to look."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.operations import command
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.commands.distributing import NoReasonError
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.doors import own_membership
from alongside.casework.outreach.queries.lists import who_contacts
from alongside.casework.outreach.rules import (
    Priority,
    State,
)
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy


@dataclass(frozen=True)
class Worry:
    """What somebody worries about.

    Attributes:
        known_as: what they call the person.
        words: what worries them.
        how_to_find: where somebody can find the person, as far as they know.
        priority: how soon somebody should look.
        person_agrees: whether the person knows and agrees: yes, no or not_asked.
        why_not_safe: why it is not safe for the person to know it was told; empty where it is safe.
        to: who to ask; None where only one organisation contacts people, or none does.
    """

    known_as: str
    words: str
    priority: Priority
    person_agrees: str
    how_to_find: str = ""
    why_not_safe: str = ""
    to: UUID | None = None


@command
def raise_worry(*, actor: Actor, at: datetime, worry: Worry) -> WorkItem:
    """Tell a worry about somebody: it is on the actor's list, and whoever contacts people is asked to look.

    They see who is meant and why, and the record once they accept; their answer comes back to the list. Where
    the actor's organisation is the one that contacts people, or none does, it stays on the actor's list.

    Raises:
        NotAllowedError: the actor may not make records, or may not refer anybody.
        NoReasonError: it does not say what worries them.
    """
    require(permissions.may_tell_worries(actor))
    if not worry.words.strip():
        raise NoReasonError(_("Say what worries you, so that whoever looks knows where to begin."))
    person = admit_person(
        actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": worry.known_as.strip()}
    )
    found = _("Where to find them: %(place)s") % {"place": worry.how_to_find.strip()}
    why = f"{worry.words.strip()}\n{found}" if worry.how_to_find.strip() else worry.words.strip()
    own = own_membership(actor=actor, on=timezone.localdate(at))
    item = WorkItem.raise_for(
        person=person,
        organisation_id=actor.member_of,
        team=own.team,
        priority=worry.priority,
        why=why,
        skills=[],
        by=actor.name,
        at=at,
    )
    item.give(own, state=State.ASSIGNED, by=actor.name, at=at)
    record(events.ITEM_RAISED, actor=actor, person_id=person.id, about=("work_item", item.id))
    # a person who knows that it is told has not been asked how they see it: it is not talked through yet
    raise_concern(actor=actor, at=at, person_id=person.id, words=worry.words, why_not_safe=worry.why_not_safe)
    able = {each.id for each in who_contacts(actor=actor)}
    to = worry.to if worry.to in able else next(iter(able), None) if len(able) == 1 else None
    if to is not None:
        make_referral(
            actor=actor,
            at=at,
            item_id=item.id,
            to_organisation_id=to,
            why=why,
            person_agrees=worry.person_agrees,
            why_not_safe=worry.why_not_safe,
            priority=worry.priority,
        )
    return item

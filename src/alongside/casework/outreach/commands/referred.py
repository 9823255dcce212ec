"""The item that a referral makes on the list of the organisation that accepted it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.models import Team
from alongside.casework.outreach.models import Note, Referral, WorkItem
from alongside.casework.outreach.rules import Priority, is_brought_forward
from alongside.casework.people.models import Person


def raise_for_referral(referral: Referral, *, person: Person, team: Team | None, at: datetime) -> WorkItem:
    """Put the person of an accepted referral on the list, for as soon as the referrer asked.

    ``at`` is when the referral was answered: by that the two are known to belong together.
    """
    return WorkItem.raise_for(
        person=person,
        organisation_id=referral.to_organisation_id,
        team=team,
        priority=Priority(referral.priority),
        why=referral.why,
        skills=[],
        by=referred_by(referral),
        at=at,
    )


def note_referral(item: WorkItem, referral: Referral, *, by_name: str, at: datetime) -> None:
    """Note an accepted referral on the item that there is, and bring it forward if asked for sooner.

    The words of the referral stand on the page of the item, and are not copied.
    """
    soon = Priority(referral.priority)
    if is_brought_forward(item.priority, soon):
        item.set_priority(soon, today=timezone.localdate(at))
    words = _("%(by)s, referred this person to us. What they wrote is under “Referred to us”.") % {
        "by": referred_by(referral)
    }
    Note.add(item=item, words=words, by_name=by_name, at=at)


def referred_by(referral: Referral) -> str:
    """Return who referred, for whoever has the item to ring."""
    return f"{referral.made_by}, {referral.from_organisation.name}"[:200]

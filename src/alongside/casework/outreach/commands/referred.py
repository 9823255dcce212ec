"""The item that a referral makes on the list of the organisation that accepted it."""

from datetime import datetime

from alongside.casework.accounts.models import Team
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import Priority
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


def referred_by(referral: Referral) -> str:
    """Return who referred, for whoever has the item to ring."""
    return f"{referral.made_by}, {referral.from_organisation.name}"[:200]

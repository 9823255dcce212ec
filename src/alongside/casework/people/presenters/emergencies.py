"""Emergencies, in the words shown on pages. Who each was about is in the audit trail."""

from datetime import date
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.casework.accounts.purposes import title_of
from alongside.casework.people.models import EmergencyAccess
from alongside.casework.people.presenters.words import clock, day, time_on
from alongside.casework.people.rules import EMERGENCY_LASTS, UNCLEAR, review_due


def emergency_view(access: EmergencyAccess, *, today: date, reader: UUID | None = None) -> dict[str, str]:
    """Return an emergency access: who opened a record, when, why, until when, and how its review stands.

    Args:
        access: which.
        today: the day on which it is being looked at.
        reader: the account looking at it; somebody else must review their own.
    """
    ended_early = access.ends_at - access.opened_at < EMERGENCY_LASTS
    due = review_due(localtime(access.opened_at).date())
    late = access.verdict in ("", UNCLEAR) and today > due
    if late:
        review = _("Late: this should have been reviewed by {day}").format(day=day(due))
    else:
        review = _("To be reviewed by {day}").format(day=day(due))
    if access.reviewed_at:
        looked = _("Looked at on {day}: {note}").format(day=day(access.reviewed_at), note=access.reviewed)
        review = f"{review}. {looked}" if late else looked
    return {
        "id": str(access.id),
        "person_id": str(access.person_id),
        "who": f"{access.user_name}, {access.organisation.name}",
        "when": time_on(access.opened_at),
        "until": (_("Closed at {clock}") if ended_early else _("Open until {clock}")).format(
            clock=clock(access.ends_at)
        ),
        "reason": access.reason,
        "purpose": title_of(access.purpose),
        "review": review,
        "late": "yes" if late else "",
        "own": "yes" if access.user_id == reader else "",
    }

"""What a person chose, asked before any app tells another organisation that they are known."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.people.models import Person
from alongside.casework.sharing.models import Disclosure
from alongside.casework.sharing.queries.choices import wishes
from alongside.casework.sharing.rules.choices import State, Topic

TOLD_BY_ASKING = (Topic.KNOWN, Topic.CONTACT)
"""What a question or a referral tells at the least: that somebody is known, and who they are."""


def why_not_told(actor: Actor, person_id: UUID, organisation_id: UUID, at: datetime) -> str:
    """Return why another organisation may not be told that somebody is known; nothing where it may.

    An objection stands in the way until a decision against it told that organisation. Part of a command that
    checked who asks.
    """
    day = timezone.localdate(at)
    wished = wishes(
        actor=actor, person_id=person_id, topics=TOLD_BY_ASKING, recipients=[organisation_id],
        purpose=actor.purpose, day=day,
    )[organisation_id]  # fmt: skip
    if wished.state is not State.REFUSES:
        return ""
    since = max(each.withdrawn_on or each.said_on for each in wished.because)
    decided = Disclosure.objects.filter(
        decision__person__in=Person.objects.records_of(person_id) | {person_id},
        decision__override__isnull=False,
        from_organisation_id=actor.member_of,
        organisation_id=organisation_id,
        at__date__gte=since,
    )
    if decided.exists():
        return ""
    return _(
        "The person asked that this organisation is not told about them. Respect that, or decide about "
        "sharing first: there you say on which ground you must."
    )

"""What a person chose, asked before any app tells another organisation that they are known."""

from collections.abc import Collection
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


def why_not_told(
    actor: Actor, person_id: UUID, organisations: Collection[UUID], at: datetime
) -> dict[UUID, str]:
    """Return which organisations may not be told that somebody is known, each with why not.

    An objection stands in the way until a decision against it told that organisation. Part of a command that
    checked who asks.
    """
    wished = wishes(
        actor=actor, person_id=person_id, topics=TOLD_BY_ASKING, recipients=organisations,
        purpose=actor.purpose, day=timezone.localdate(at),
    )  # fmt: skip
    since = {
        each: max(choice.withdrawn_on or choice.said_on for choice in wish.because)
        for each, wish in wished.items()
        if wish.state is State.REFUSES
    }
    if not since:
        return {}
    decided = Disclosure.objects.filter(
        decision__person__in=Person.objects.records_of(person_id) | {person_id},
        decision__override__isnull=False,
        from_organisation_id=actor.member_of,
        organisation_id__in=since,
    )
    told = {
        to
        for to, moment in decided.values_list("organisation_id", "at")
        if timezone.localdate(moment) >= since[to]
    }
    why = _(
        "The person asked that this organisation is not told about them. Respect that, or decide about "
        "sharing first: there you say on which ground you must."
    )
    return dict.fromkeys(since.keys() - told, why)

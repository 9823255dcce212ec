"""What a person chose, checked before any app tells another organisation that they are known."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.people.models import Person
from alongside.casework.sharing.models import Disclosure, SecondLook, SharingChoice
from alongside.casework.sharing.queries.choices import wishes
from alongside.casework.sharing.queries.corrections import is_corrected
from alongside.casework.sharing.rules.choices import State, Topic, order_of

TOLD_BY_ASKING = (Topic.KNOWN, Topic.CONTACT)
"""What any question or referral reveals: that somebody is known, and who they are."""


def why_not_told(
    actor: Actor, person_id: UUID, organisations: Collection[UUID], at: datetime
) -> dict[UUID, str]:
    """Return which organisations may not be told that somebody is known, each with the reason.

    An objection stands in the way until a decision against it has told that organisation: either one to which
    a second person agreed, or one in an emergency that nobody has looked at yet, while there is still time
    for that. What was told before they objected does not count, nor does a decision that was corrected: one
    that is right opens the way itself. Part of a command that checked who asks.
    """
    day = timezone.localdate(at)
    wished = wishes(
        actor=actor, person_id=person_id, topics=TOLD_BY_ASKING, recipients=organisations,
        purpose=actor.purpose, day=day,
    )  # fmt: skip
    since = {
        each: max(choice.last_word(day) for choice in wish.because)
        for each, wish in wished.items()
        if wish.state is State.REFUSES
    }
    if not since:
        return {}
    agreed = Q(decision__second_look__answer=SecondLook.Answer.AGREED)
    urgent = Q(decision__override__emergency=True, decision__override__look_by__gte=day)
    decided = Disclosure.objects.filter(
        agreed | urgent & Q(decision__second_look=None),
        ~Q(is_corrected("decision_id")),
        decision__person__in=Person.objects.records_of(person_id) | {person_id},
        decision__override__isnull=False,
        from_organisation_id=actor.member_of,
        organisation_id__in=since,
    )
    told = {
        to
        for to, moment in decided.values_list("organisation_id", "at")
        if (timezone.localdate(moment), order_of(moment)) >= since[to]
    }
    why = _(
        "The person asked for this organisation not to be told about them. Respect that, or decide about "
        "sharing first, and say there on which ground you must."
    )
    return dict.fromkeys(since.keys() - told, why)


def not_to_be_given(
    pairs: Iterable[tuple[UUID, UUID]], *, purpose: str, at: datetime
) -> set[tuple[UUID, UUID]]:
    """Return those of some pairs of a person and an organisation where a release must not give it them.

    Nobody tells in a release, so only a decision on a ground, by whichever organisation, opens the way. Part
    of a command that checked who asks and sees all rows.
    """
    return SharingChoice.objects.not_to_be_told(pairs, purpose=purpose, at=at)

"""What stays with the record that is kept when another is parted from it. Asked seeing all."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.offers.models import NotOffered, Offer
from alongside.casework.people.models.parting import Going


def stays(going: Going, organisations: Collection[UUID]) -> dict[str, set[UUID]]:
    """Return which of these organisations wrote down offers meanwhile, which they will no longer see."""
    return {
        words: set(
            model._default_manager.filter(
                person__in=going.staying, organisation__in=organisations, recorded_at__gt=going.since
            ).values_list("organisation", flat=True)
        )
        for model, words in ((Offer, _("offers")), (NotOffered, _("help that was not offered")))
    }

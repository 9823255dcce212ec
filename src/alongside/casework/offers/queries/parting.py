"""What stays with the record that is kept when another is parted from it. Asked seeing all."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.offers.models import NotOffered, Offer
from alongside.casework.people.models.parting import Going
from alongside.casework.people.queries.parting import Named, left_by


def stays(going: Going, organisations: Collection[UUID]) -> list[QuerySet[Any, tuple[str, UUID]]]:
    """Return what these organisations wrote down of offers meanwhile, which they will no longer see."""
    return [
        left_by(
            model._default_manager.filter(
                person__in=going.staying, organisation__in=organisations, recorded_at__gt=going.since
            ),
            words,
        )
        for model, words in ((Offer, _("offers")), (NotOffered, _("help that was not offered")))
    ]


def named(going: Going) -> list[Named]:
    """Return the offers that the reader sees and that were written down meanwhile, made and not made."""
    if_other = _(
        "If it was about the other person: once the records are separate, write it on their record. It "
        "cannot be changed here, so say in the chronology that it was not about this person."
    )
    return [
        Named(
            model._default_manager.filter(person__in=going.staying, recorded_at__gt=going.since),
            "recorded_at",
            words,
            if_other,
            what="what",
        )
        for model, words in (
            (Offer, _("The offer that %(organisation)s wrote down on %(day)s (%(what)s)")),
            (NotOffered, _("Help not offered, as %(organisation)s wrote down on %(day)s (%(what)s)")),
        )
    ]

"""Whom a person's data was told, as far as people and outreach know it. Read by whoever sees all rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from alongside.casework.outreach.models import Referral
from alongside.casework.people.models import Involvement, KnownTo, Reach
from alongside.casework.people.queries.recipients import Recipient
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.queries.lines import key_of, row_key
from alongside.casework.rights.rules.tables.people import WHY_SEEN
from alongside.casework.sharing.models import Disclosure

_GIVEN_BY: dict[str, type[Model]] = {
    ReachWhy.INVOLVED: Involvement,
    ReachWhy.ASKED: KnownTo,
    ReachWhy.REFERRED: Referral,
}
"""What a reach is about, by why it is: whoever withholds that withholds what follows of it."""


@dataclass(frozen=True)
class RecipientOfRow(Recipient):
    """The same, with the keys of the lines by which it is known: it is given where all of them are.

    Attributes:
        keys: tables and rows, as lines have them.
    """

    keys: frozenset[str] = frozenset()


def keys_of(rows: Iterable[Model]) -> frozenset[str]:
    """Return the keys of rows, as lines have them."""
    return frozenset(map(key_of, rows))


def by_reach(records: frozenset[UUID]) -> list[Recipient]:
    """Return the organisations that may see the record, or could, and why."""
    reaches = Reach.objects.filter(person__in=records).select_related("organisation")
    return [
        RecipientOfRow(
            each.organisation.name,
            _("Your record. %(why)s.") % {"why": WHY_SEEN.get(each.why, each.why)},
            each.purpose,
            each.since,
            each.until,
            keys=keys_of([each]) | _keys_about(each),
        )
        for each in reaches
    ]


def _keys_about(reach: Reach) -> frozenset[str]:
    model = _GIVEN_BY.get(reach.why)
    return frozenset([row_key(model._meta.label, reach.about)]) if model and reach.about else frozenset()


def by_question(records: frozenset[UUID]) -> list[Recipient]:
    """Return the organisations that were asked whether they know the person, and so were told of them."""
    asked = KnownTo.objects.filter(person__in=records).select_related("asked_of", "asked_by")
    return [
        RecipientOfRow(
            each.asked_of.name,
            _("Your name and date of birth, in a question by %(who)s whether they know you.")
            % {"who": each.asked_by.name},
            each.purpose,
            each.asked_at,
            keys=keys_of([each]),
        )
        for each in asked
    ]


def by_referral(records: frozenset[UUID]) -> list[Recipient]:
    """Return the organisations that were asked to help, and were told whom and why."""
    made = Referral.objects.filter(person__in=records).select_related("to_organisation", "from_organisation")
    return [
        RecipientOfRow(
            each.to_organisation.name,
            _("Who you are, and why %(who)s asked them to help you.") % {"who": each.from_organisation.name},
            "",
            each.made_at,
            keys=keys_of([each]),
        )
        for each in made
    ]


def by_decision(records: frozenset[UUID]) -> list[Recipient]:
    """Return the organisations that were told something because somebody decided it."""
    told = Disclosure.objects.filter(decision__person__in=records).select_related(
        "organisation", "from_organisation", "decision"
    )
    told = told.prefetch_related("decision__recipients")
    return [
        RecipientOfRow(
            each.organisation.name,
            _("What %(who)s decided to tell them about you.") % {"who": each.from_organisation.name},
            each.decision.purpose,
            each.at,
            keys=keys_of(
                [
                    each,
                    each.decision,
                    *(
                        one
                        for one in each.decision.recipients.all()
                        if one.organisation_id == each.organisation_id
                    ),
                ]
            ),
        )
        for each in told
    ]

"""Whom a person's data was told, as far as people and outreach know it. Read by whoever sees all rows."""

from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.outreach.models import Referral
from alongside.casework.people.models import KnownTo, Reach
from alongside.casework.people.queries.recipients import Recipient
from alongside.casework.rights.rules.tables.people import WHY_SEEN
from alongside.casework.sharing.models import Disclosure


def by_reach(records: frozenset[UUID]) -> list[Recipient]:
    """Return the organisations that may see the record, or could, and why."""
    reaches = Reach.objects.filter(person__in=records).select_related("organisation")
    return [
        Recipient(
            each.organisation.name,
            _("Your record. %(why)s.") % {"why": WHY_SEEN.get(each.why, each.why)},
            each.purpose,
            each.since,
            each.until,
        )
        for each in reaches
    ]


def by_question(records: frozenset[UUID]) -> list[Recipient]:
    """Return the organisations that were asked whether they know the person, and so were told of them."""
    asked = KnownTo.objects.filter(person__in=records).select_related("asked_of", "asked_by")
    return [
        Recipient(
            each.asked_of.name,
            _("Your name and date of birth, in a question by %(who)s whether they know you.")
            % {"who": each.asked_by.name},
            each.purpose,
            each.asked_at,
        )
        for each in asked
    ]


def by_referral(records: frozenset[UUID]) -> list[Recipient]:
    """Return the organisations that were asked to help, and were told whom and why."""
    made = Referral.objects.filter(person__in=records).select_related("to_organisation", "from_organisation")
    return [
        Recipient(
            each.to_organisation.name,
            _("Who you are, and why %(who)s asked them to help you.") % {"who": each.from_organisation.name},
            "",
            each.made_at,
        )
        for each in made
    ]


def by_decision(records: frozenset[UUID]) -> list[Recipient]:
    """Return the organisations that were told something because somebody decided it."""
    told = Disclosure.objects.filter(decision__person__in=records).select_related(
        "organisation", "from_organisation", "decision"
    )
    return [
        Recipient(
            each.organisation.name,
            _("What %(who)s decided to tell them about you.") % {"who": each.from_organisation.name},
            each.decision.purpose,
            each.at,
        )
        for each in told
    ]

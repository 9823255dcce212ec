"""The register of agreements, and which of them cover a piece of sharing."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.sharing import permissions
from alongside.casework.sharing.models import Agreement
from alongside.casework.sharing.rules.agreements import (
    Extent,
    Reminder,
    Standing,
    reminder_due,
    standing_on,
    why_not_covered,
)
from alongside.casework.sharing.rules.basis import DataClass


@query()
def agreements(*, actor: Actor) -> list[Agreement]:
    """Return every agreement with its parties, those that end first at the top."""
    require(permissions.may_read_agreements(actor))
    return _agreements()


@composed_once
def _agreements() -> QuerySet[Agreement]:
    return Agreement.objects.prefetch_related("parties").order_by("ends", "reference")


@query()
def agreement(*, actor: Actor, agreement_id: UUID) -> Agreement:
    """Return one agreement.

    Raises:
        NotFoundError: there is none with this id.
    """
    require(permissions.may_read_agreements(actor))
    found = _agreement(agreement=agreement_id)
    if not found:
        raise NotFoundError(_("There is no such agreement."))
    return found[0]


@composed_once
def _agreement(*, agreement: UUID) -> QuerySet[Agreement]:
    return Agreement.objects.filter(id=agreement).prefetch_related("parties")


def to_look_at(*, actor: Actor, day: date) -> list[tuple[Agreement, Standing]]:
    """Return the agreements that have ended, end soon or are due for review, with where they stand."""
    found = [(each, standing_on(each.terms, day)) for each in agreements(actor=actor)]
    return [(each, at) for each, at in found if at not in (Standing.IN_FORCE, Standing.NOT_YET)]


def ending(*, day: date) -> Iterator[tuple[Agreement, Reminder]]:
    """Yield each agreement, locked, that needs a reminder of its end; part of a command."""
    found = Agreement.objects.select_for_update(no_key=True).prefetch_related("parties", "reminders")
    for each in found.order_by("ends", "reference"):
        if step := reminder_due(each.ends, day, sent=each.reminders_sent):
            yield each, step


@composed_once
def in_the_register() -> QuerySet[Agreement]:
    """Return every agreement with its parties, those that last longest first, for ``covering``.

    Part of a query or command that checked who asks.
    """
    return Agreement.objects.prefetch_related("parties").order_by("-ends", "reference")


def covering(
    register: Iterable[Agreement],
    *,
    day: date,
    between: tuple[UUID, UUID],
    purpose: str,
    data: DataClass,
    extent: Extent,
) -> tuple[list[Agreement], str]:
    """Return the agreements that cover one piece of sharing; if none does, why the nearest does not."""
    both = [str(each) for each in between]
    why = _("There is no agreement between these organisations.")
    covers = []
    for each in register:
        terms = each.terms
        reason = why_not_covered(terms, day=day, between=both, purpose=purpose, data=data, extent=extent)
        if not reason:
            covers.append(each)
        elif set(both) <= terms.parties:
            why = f"{each.reference}: {reason}"
    return covers, "" if covers else why

"""What goes with a record that is parted from another: items, referrals; and what stays. Asked seeing all."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.people.models.parting import Going
from alongside.casework.people.queries.parting import left_by


def items_going(going: Going) -> QuerySet[WorkItem]:
    """Return the items that go: what hangs on one goes with it.

    Each goes with the person of its flag. Without a flag, it goes if a referral about the absorbed record
    made it, or an organisation that saw only that one.
    """
    stay = WorkItem.objects.filter(person__in=going.staying).exclude(_told_before(going))
    referred = Referral.objects.filter(
        person__in=going.theirs, to_organisation=OuterRef("organisation"), answered_at=OuterRef("made_at")
    )
    made_for_them = Q(Exists(referred)) | Q(organisation__in=going.of, made_at__gt=going.since)
    return stay.filter(Q(flag__person__in=going.theirs) | Q(made_for_them, flag=None))


def items_flagged_for_the_other(going: Going) -> QuerySet[WorkItem]:
    """Return items that a professional raised, to which a flag about the other person was added meanwhile."""
    kept = Q(_told_before(going), person__in=going.staying, flag__person__in=going.theirs)
    theirs = Q(person__in=going.theirs, flag__person__in=going.staying)
    return WorkItem.objects.filter(kept | theirs).exclude(raised_by="")


def items_with_a_later_flag_of_the_other(going: Going) -> QuerySet[WorkItem]:
    """Return the items, once they went, on which a later flag about the other person was noted meanwhile."""
    return WorkItem.objects.filter(
        Q(person__in=going.staying, later_flag__person__in=going.theirs)
        | Q(person__in=going.theirs, later_flag__person__in=going.staying)
    )


def gives(going: Going) -> QuerySet[Any, UUID]:
    """Return the ids of referrals that are about the absorbed record, or whose item goes to it."""
    about = Referral.objects.filter(Q(person__in=going.theirs) | Q(item__in=items_going(going)))
    return about.order_by().values_list("id", flat=True)


def stays(going: Going, organisations: Collection[UUID]) -> list[QuerySet[Any, tuple[str, UUID]]]:
    """Return items of these organisations that stay, which they will no longer see."""
    left = WorkItem.objects.filter(
        person__in=going.staying, organisation__in=organisations, made_at__gt=going.since
    ).exclude(id__in=items_going(going).values("id"))
    return [left_by(left, _("items on its list, with notes and conversations"))]


def _told_before(going: Going) -> Q:
    """Raised by a professional before the records were joined: about the record it stands on."""
    return Q(made_at__lte=going.since) & ~Q(raised_by="")

"""What goes with a record that is parted from another: items, referrals; and what stays. Asked seeing all."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, UUIDField, Value
from django.utils.translation import gettext as _

from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import ReferralState
from alongside.casework.outreach.rules.parting import AnItem, AReferral, Parted, about_theirs
from alongside.casework.people.models.parting import Going
from alongside.casework.people.queries.parting import left_by

_ITEMS = "outreach.items"


def items_going(going: Going) -> QuerySet[WorkItem]:
    """Return the items that go: what hangs on one goes with it. ``rules.parting`` says which."""
    return WorkItem.objects.filter(person__in=going.staying, id__in=_about_theirs(going))


def referrals_going(going: Going) -> QuerySet[Referral]:
    """Return the referrals whose item goes, with it, or stands on the absorbed record."""
    return Referral.objects.filter(person__in=going.staying, item__in=_about_theirs(going))


def items_flagged_for_the_other(going: Going) -> QuerySet[WorkItem]:
    """Return items that a professional or a referral raised, to which a flag about the other was added."""
    theirs, everyone = _about_theirs(going), [*going.staying, *going.theirs]
    raised = WorkItem.objects.filter(person__in=everyone).exclude(raised_by="")
    kept = ~Q(id__in=theirs) & Q(flag__person__in=going.theirs)
    return raised.filter(kept | Q(id__in=theirs, flag__person__in=going.staying))


def items_with_a_later_flag_of_the_other(going: Going) -> QuerySet[WorkItem]:
    """Return the items, once they went, on which a later flag about the other person was noted meanwhile."""
    return WorkItem.objects.filter(
        Q(person__in=going.staying, later_flag__person__in=going.theirs)
        | Q(person__in=going.theirs, later_flag__person__in=going.staying)
    )


def left_without_an_item(going: Going) -> Iterator[tuple[Referral, WorkItem]]:
    """Yield referrals, once items went, that were noted on an item about the other person; and that item.

    Those that were accepted and are not done, and whose person the organisation has nowhere on its list.
    """
    made = WorkItem.objects.filter(organisation=OuterRef("to_organisation"), made_at=OuterRef("answered_at"))
    noted = Referral.objects.filter(
        ~Exists(made.exclude(raised_by="")),
        person__in=[*going.staying, *going.theirs],
        state=ReferralState.ACCEPTED,
        answered_at__gt=going.since,
    )
    for referral in noted.select_related("person", "from_organisation").order_by("answered_at", "id"):
        theirs, other = going.theirs, going.staying
        if referral.person_id in going.staying:
            theirs, other = other, theirs
        on_list = WorkItem.objects.open().filter(organisation=referral.to_organisation_id)
        there = on_list.filter(person__in=other, made_at__lte=referral.answered_at).order_by("made_at", "id")
        item = there.first()
        if item is not None and not on_list.filter(person__in=theirs).exists():
            yield referral, item


def gives(going: Going) -> QuerySet[Any, UUID]:
    """Return the ids of referrals that are about the absorbed record, or whose item goes to it."""
    about = Referral.objects.filter(Q(person__in=going.theirs) | Q(item__in=_about_theirs(going)))
    return about.order_by().values_list("id", flat=True)


def stays(going: Going, organisations: Collection[UUID]) -> list[QuerySet[Any, tuple[str, UUID]]]:
    """Return items of these organisations that stay, which they will no longer see."""
    left = WorkItem.objects.filter(
        person__in=going.staying, organisation__in=organisations, made_at__gt=going.since
    ).exclude(id__in=_about_theirs(going))
    return [left_by(left, _("items on its list, with notes and conversations"))]


def _about_theirs(going: Going) -> frozenset[UUID]:
    """The ids of the items that are about the absorbed record, or stand on it already."""
    if going.looked_up is None:
        return _look_up(going)
    if _ITEMS not in going.looked_up:
        going.looked_up[_ITEMS] = _look_up(going)
    found: frozenset[UUID] = going.looked_up[_ITEMS]
    return found


def _look_up(going: Going) -> frozenset[UUID]:
    """Items and referrals in one query, in the columns of both: only items are raised and have flags."""
    everyone = [*going.staying, *going.theirs]
    items = WorkItem.objects.filter(person__in=everyone).annotate(
        referred=Value(value=False), item_of=F("id"), whose=F("organisation_id"), at=F("made_at"),
        raised=F("raised_by"), flagged=F("flag__person_id"),
    )  # fmt: skip
    referrals = Referral.objects.filter(person__in=everyone, answered_at__isnull=False).annotate(
        referred=Value(value=True), item_of=F("item_id"), whose=F("to_organisation_id"), at=F("answered_at"),
        raised=Value("", CharField()), flagged=Value(None, UUIDField()),
    )  # fmt: skip
    columns = ("referred", "item_of", "person_id", "whose", "at", "raised", "flagged")
    both = items.order_by().values_list(*columns).union(referrals.order_by().values_list(*columns), all=True)
    rows = list(both)
    return about_theirs(
        (
            AnItem(item, who, whose, at, bool(raised), flagged)
            for referred, item, who, whose, at, raised, flagged in rows
            if not referred
        ),
        (AReferral(item, who, to, at) for referred, item, who, to, at, *_ in rows if referred),
        Parted(going.theirs, going.since, going.of),
    )

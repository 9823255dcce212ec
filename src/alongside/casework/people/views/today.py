"""What this app adds to a member's day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.people import presenters
from alongside.casework.people.queries.emergencies import emergencies_to_review, opened_by_others
from alongside.casework.people.queries.separated import separated
from alongside.casework.people.rules import review_due


def to_review(request: HttpRequest) -> Section | None:
    """Return the emergency accesses awaiting review, for members who may review them."""
    actor = cast("MemberRequest", request).actor
    if not actor.may(Permission.BREAK_GLASS_REVIEW).allowed:
        return None
    lines = []
    for access in emergencies_to_review(actor=actor):
        each = presenters.emergency_view(access, today=timezone.localdate(), reader=actor.account)
        to = address_of("people:review", args=[each["id"]])
        if each["own"]:
            hint = _("{when}. You opened it: somebody else must review it.").format(when=each["when"])
            lines.append(Line(each["who"], to, hint))
        else:
            by = review_due(timezone.localdate(access.opened_at))
            lines.append(Line(each["who"], to, f"{each['when']}. {each['review']}", by))
    return Section(_("Emergency access to review"), 30, lines, _("Nothing is waiting for review."))


def opened_in_emergency(request: HttpRequest) -> Section | None:
    """Return records that another agency opened in an emergency, for those who work with the person."""
    actor = cast("MemberRequest", request).actor
    if not actor.may(Permission.PERSON_READ).allowed:
        return None
    at = timezone.now()
    lines = [
        Line(
            _("The record of somebody you work with was opened"),
            address_of("people:opened"),
            f"{each['who']}, {each['when']}",
        )
        for each in (
            presenters.emergency_view(each, today=timezone.localdate(at))
            for each in opened_by_others(actor=actor, at=at)
        )
    ]
    return Section(_("Opened in an emergency"), 15, lines) if lines else None


def separated_lately(request: HttpRequest) -> Section | None:
    """Return that records were separated and what changed, for organisations for which it did; no names."""
    actor = cast("MemberRequest", request).actor
    if not actor.may(Permission.PERSON_READ).allowed:
        return None
    found = separated(actor=actor, at=timezone.now())
    if not found:
        return None
    line = Line(
        _("See what moved, and what your organisation no longer sees"),
        address_of("people:separated"),
        presenters.separated_view(found[0]).when,
    )
    return Section(_("Records that were separated"), 16, [line])

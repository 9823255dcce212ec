"""What this app adds to a member's day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.queries.others import others_who_may
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.people import presenters
from alongside.casework.people.presenters.words import time_on
from alongside.casework.people.queries.emergencies import emergencies_to_review
from alongside.casework.people.queries.today import lately
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
            hint = _own(actor).format(when=each["when"])
            lines.append(Line(each["who"], to, hint))
        else:
            by = review_due(timezone.localdate(access.opened_at))
            lines.append(Line(each["who"], to, f"{each['when']}. {each['review']}", by))
    return Section(_("Emergency access to review"), 30, lines, _("Nothing is waiting for review."))


def records_lately(request: HttpRequest) -> list[Section] | None:
    """Return records that another agency opened in an emergency, and that some were separated; no names.

    For those who work with the person, and organisations for which a separation changed something.
    """
    actor = cast("MemberRequest", request).actor
    if not actor.may(Permission.PERSON_READ).allowed:
        return None
    found = lately(actor=actor, at=timezone.now())
    made = []
    if found.opened:
        to, said = address_of("people:opened"), _("The record of somebody you work with was opened")
        lines = [
            Line(said, to, f"{who}, {organisation}, {time_on(when)}")
            for who, organisation, when in found.opened
        ]
        made.append(Section(_("Opened in an emergency"), 15, lines))
    if found.separated:
        line = Line(
            _("See what changed for your organisation"),
            address_of("people:separated"),
            time_on(found.separated),
        )
        made.append(Section(_("Records that were separated"), 16, [line]))
    return made


def _own(actor: Actor) -> str:
    """Say that somebody else must review what the actor opened; or what to do where nobody else can."""
    review = Permission.BREAK_GLASS_REVIEW
    if others_who_may(actor=actor, permission=review, but=actor.account, on=timezone.localdate()):
        return _("{when}. You opened it: somebody else must review it.")
    return _(
        "{when}. You opened it, and nobody else can review it yet: ask an organisation lead to make another "
        "member an information governance lead."
    )

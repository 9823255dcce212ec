"""What people ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.today import Line, Section
from alongside.casework.people import presenters
from alongside.casework.people.queries import emergencies_to_review, questions_to


def asked_of_us(request: HttpRequest) -> Section | None:
    """Return what other agencies asked, for whoever may answer."""
    actor = cast("MemberRequest", request).actor
    if not actor.may(Permission.KNOWN_TO_ANSWER).allowed:
        return None
    asked = [presenters.question_view(each) for each in questions_to(actor=actor)]
    lines = [
        Line(_("Is this person known to us?"), reverse("people:answer", args=[each["id"]]), each["asked_by"])
        for each in asked
    ]
    return Section(_("Asked of us"), 20, lines, _("Nobody waits for an answer."))


def to_review(request: HttpRequest) -> Section | None:
    """Return the emergency accesses that wait, for whoever reviews them."""
    actor = cast("MemberRequest", request).actor
    if not actor.may(Permission.BREAK_GLASS_REVIEW).allowed:
        return None
    waiting = [presenters.emergency_view(each) for each in emergencies_to_review(actor=actor)]
    lines = [Line(each["who"], reverse("people:review", args=[each["id"]]), each["when"]) for each in waiting]
    return Section(_("Emergency accesses to review"), 30, lines, _("None waits for a review."))

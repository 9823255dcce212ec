"""What cases ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.today import Line, Section
from alongside.casework.marm.permissions import may_read_cases
from alongside.casework.marm.presenters import today as words
from alongside.casework.marm.queries.today import cases_today


def cases_of_the_day(request: HttpRequest) -> Section | None:
    """Return what waits of cases: to be answered, to be led, and those that nobody leads."""
    actor = cast("MemberRequest", request).actor
    if not may_read_cases(actor).allowed:
        return None
    waiting = cases_today(actor=actor, day=timezone.localdate())
    lines = [
        Line(words.line(each), reverse("marm:case", args=[each.case_id]), words.why(each, timezone.now()))
        for each in waiting
    ]
    return Section(words.title(), 11, lines, people=len(lines)) if lines else None

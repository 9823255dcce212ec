"""What cases add to a person's page."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.today import Line
from alongside.casework.marm.permissions import may_read_cases
from alongside.casework.marm.presenters.about_person import lines_of_case
from alongside.casework.marm.queries.about_person import case_now


def case_of_person(request: HttpRequest, person_id: UUID) -> list[Line]:
    """Return the case about a person and its next meeting; one today counts until the day is over."""
    actor = cast("MemberRequest", request).actor
    if not may_read_cases(actor).allowed:
        return []
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    now = case_now(actor=actor, person_id=person_id, since=since)
    return lines_of_case(now) if now else []

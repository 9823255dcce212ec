"""The line on Today about a case that nobody leads says since when, and not the same thing twice."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor

from alongside.casework.marm.models import Case
from alongside.casework.marm.presenters.today import case_line
from alongside.casework.marm.queries.today import Waits, waiting_in_cases


@pytest.mark.django_db
def test_it_says_since_when_nobody_leads(who: AnActor, opened: Case, now: datetime) -> None:
    found = waiting_in_cases(actor=who("Mair Pugh"), day=timezone.localdate(now)).cases
    (waiting,) = [each for each in found if each.case_id == opened.id]
    assert waiting.waits == Waits.WITHOUT_LEAD
    line = case_line(waiting, now)
    assert line.text.endswith(": nobody is leading")
    assert line.hint == "Since today."
    assert case_line(waiting, now + timedelta(days=3)).hint == "Nobody has led for 3 days."

"""An absence still to come is cancelled, in its own words, and then stands in nobody's way."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.test_pages import signed_in

from alongside.casework.accounts import commands
from alongside.casework.accounts.models import Absence
from alongside.casework.accounts.queries import own_absences
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.telling import told
from alongside.casework.kernel.errors import AlreadyDoneError


def away(partnership: Partnership, on: date, until: date | None = None) -> Absence:
    worker = partnership.worker
    return commands.begin_absence(
        actor=partnership.actor(worker), at=partnership.at, membership_id=worker.id, on=on, until=until
    )


def test_one_that_was_cancelled_is_not_listed_nor_cancelled_again_and_the_true_one_is_taken(
    partnership: Partnership,
) -> None:
    today, worker = timezone.localdate(partnership.at), partnership.actor(partnership.worker)
    first = today + timedelta(days=30)
    wrong = away(partnership, first, first + timedelta(days=14))
    commands.end_absence(actor=worker, at=partnership.at, absence_id=wrong.id)
    assert own_absences(actor=worker, on=today) == []
    with pytest.raises(AlreadyDoneError):
        commands.end_absence(actor=worker, at=partnership.at, absence_id=wrong.id)
    true = away(partnership, first - timedelta(days=7), first + timedelta(days=7))
    assert own_absences(actor=worker, on=today) == [true]
    event = AuditEvent.objects.get(about_id=str(wrong.id), code="accounts.absence_cancelled")
    assert told(event, in_full=True) == (
        f"Will Ford cancelled the absence of Will Ford that was to begin on {first.isoformat()}"
    )
    assert not AuditEvent.objects.filter(code="accounts.absence_ended").exists()


def test_on_the_page_who_is_away_comes_back_and_who_is_yet_to_go_cancels(partnership: Partnership) -> None:
    client, today = signed_in(partnership.worker), timezone.localdate()
    away(partnership, today, today + timedelta(days=1))
    away(partnership, today + timedelta(days=30), today + timedelta(days=44))
    page = client.get("/my-absence/").text
    assert (page.count("I am back"), page.count("Cancel this absence")) == (1, 1)
    ending, cancelling = re.findall(r'action="(/my-absence/[^"]+/end/)"', page)
    assert "Your absence is cancelled." in client.post(cancelling, follow=True).text
    back = client.post(ending, follow=True).text
    assert "Your absence has ended. Welcome back." in back
    assert "You have no absences now or to come" in back


def test_one_wholly_in_the_past_is_recorded_and_the_page_does_not_say_that_there_is_none(
    partnership: Partnership,
) -> None:
    client, went = signed_in(partnership.worker), timezone.localdate() - timedelta(days=9)
    sent = {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in (("on", went), ("until", went + timedelta(days=2)))
        for part in ("day", "month", "year")
    }
    page = client.post("/my-absence/", sent, follow=True).text
    assert "Your absence is recorded." in page
    assert "You have no absences recorded" not in page
    assert "You have no absences now or to come." in page

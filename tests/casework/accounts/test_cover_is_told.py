"""Whoever is named as cover is told so, on their Today page and by a notice, and by nothing but the days."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.test_covering import member
from tests.casework.accounts.test_pages import signed_in

from alongside.casework.accounts import commands
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.telling import told
from alongside.casework.design.dates import day_in_words
from alongside.casework.notices.models import Notice


@pytest.fixture
def wyn(partnership: Partnership) -> Membership:
    return member(partnership, "Wyn Hale", "practitioner")


def away(partnership: Partnership, cover: Membership, first: int, back: int | None) -> Absence:
    today, worker = timezone.localdate(partnership.at), partnership.worker
    return commands.begin_absence(
        actor=partnership.actor(worker), at=partnership.at, membership_id=worker.id,
        on=today + timedelta(days=first), until=None if back is None else today + timedelta(days=back),
        cover_id=cover.id,
    )  # fmt: skip


@pytest.mark.proves("FIND-02")
@pytest.mark.parametrize(
    ("first", "back", "says"),
    [
        (0, None, "You cover for Will Ford until they are back"),
        (0, 3, "You cover for Will Ford until {2}"),
        (2, 5, "You cover for Will Ford from {2} to {4}"),
        (2, None, "You cover for Will Ford from {2} until they are back"),
    ],
)
def test_today_says_for_whom_and_until_when_until_the_absence_ends(
    partnership: Partnership, wyn: Membership, first: int, back: int | None, says: str
) -> None:
    today = timezone.localdate(partnership.at)
    words = says.format(*(day_in_words(today + timedelta(days=each)) for each in range(6)))
    client = signed_in(wyn)
    assert "You cover for" not in client.get("/").text
    absence = away(partnership, wyn, first, back)
    with CaptureQueriesContext(connection) as with_line:
        assert words in client.get("/").text
    assert "You cover for" not in signed_in(partnership.worker).get("/").text
    commands.end_absence(
        actor=partnership.actor(partnership.worker), at=partnership.at, absence_id=absence.id
    )
    with CaptureQueriesContext(connection) as without:
        assert "You cover for" not in client.get("/").text
    assert len(with_line) == len(without), "it is found with what was asked already"


def test_an_actor_covers_only_on_the_days_while_both_belong_here_and_they_are_at_work(
    partnership: Partnership, wyn: Membership
) -> None:
    today, worker = timezone.localdate(partnership.at), partnership.worker
    away(partnership, wyn, 4, 9)
    assert partnership.actor(wyn).covers == frozenset()
    away(partnership, wyn, 0, 2)
    assert partnership.actor(wyn).covers == {worker.id}
    assert partnership.actor(partnership.lead).covers == frozenset()
    too = Absence.begin(membership=wyn, on=today, until=None, cover=None)
    assert partnership.actor(wyn).covers == frozenset()
    too.delete()
    commands.end_membership(
        actor=partnership.actor(partnership.lead), at=partnership.at, membership_id=worker.id, on=today
    )
    assert partnership.actor(wyn).covers == frozenset(), "work of somebody who left is for a manager to give"


def test_the_cover_is_sent_a_notice_and_it_is_recorded_who_was_named(
    partnership: Partnership, wyn: Membership, settings: pytest.FixtureRequest
) -> None:
    settings.MAIL = object()  # type: ignore[attr-defined] - nothing is sent here
    absence = away(partnership, wyn, 0, None)
    waiting = Notice.objects.exclude(waiting_since=None).values_list("user__name", flat=True)
    assert list(waiting) == ["Wyn Hale"]
    event = AuditEvent.objects.get(code="accounts.cover_named", about_id=str(absence.id))
    day = timezone.localdate(partnership.at).isoformat()
    assert (
        told(event, in_full=True) == f"Will Ford noted that Wyn Hale covers the work of Will Ford from {day}"
    )

"""What a feed says about its freshness is not believed blindly, and how a night went is told truly."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.directory.conftest import FakeFeed, Take, a_service

from alongside.casework.access.actors import Actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.background.rules import Went
from alongside.casework.directory import jobs, presenters, queries
from alongside.casework.directory.models import Feed, Service
from alongside.casework.directory.open_referral.client import HttpClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("told", "confirmed", "stale"),
    [
        ("2062-10-01", "Nobody has confirmed that this is right", True),
        ("2026-11-03", "Nobody has confirmed that this is right", True),
        ("2026-11-02", "Last confirmed on 2 November 2026", False),
    ],
)
def test_nobody_has_confirmed_an_entry_on_a_day_to_come(
    feed_server: FakeFeed, take: Take, editor: Actor, at: datetime, told: str, confirmed: str, stale: bool
) -> None:
    feed_server.serves([a_service(1, assured_date=told)])
    take()
    page = queries.service_page(actor=editor, at=at, service_id=Service.objects.get().id)
    shown = presenters.service_shown(page, at)
    assert (shown.confirmed, shown.stale is not None) == (confirmed, stale)


def test_how_many_services_a_feed_no_longer_lists_is_told(
    feed_server: FakeFeed, take: Take, later: datetime
) -> None:
    feed_server.serves([a_service(number) for number in range(3)])
    take()
    feed_server.serves([a_service(1)])
    assert take(when=later).outcome == "1 services imported, 0 rows left out, 2 services no longer listed"
    assert [each.details["gone"] for each in AuditEvent.objects.filter(code="directory.feed_imported")] == [
        0, 2,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "went"),
    [(60, 1, Went.PARTLY), (60, 29, Went.PARTLY), (60, 30, Went.WELL), (4, 1, Went.WELL)],
)
def test_a_night_in_which_a_feed_shrinks_to_less_than_half_went_well_only_in_part(
    feed: Feed, feed_server: FakeFeed, at: datetime, later: datetime, before: int, after: int, went: Went
) -> None:
    def night(services: int, when: datetime) -> Any:
        feed_server.serves([a_service(number) for number in range(services)], size=100)
        return jobs.take_feeds_nightly(at=when, clients=lambda: HttpClient(inside_too=True))

    assert night(before, at).went == Went.WELL
    done = night(after, later)
    assert done.went == went
    assert done.words.endswith(
        "List less than half of what they listed before: County directory."
        if went == Went.PARTLY
        else "imported."
    )

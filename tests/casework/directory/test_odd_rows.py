"""One odd row of a feed harms neither the search, nor other rows, nor other feeds."""

from datetime import datetime, time
from typing import Any

import pytest
from django.db import OperationalError
from tests.casework.directory.conftest import FakeFeed, Take, a_page, a_service

from alongside.casework.access.actors import Actor
from alongside.casework.background.rules import Went
from alongside.casework.directory import commands, jobs, queries
from alongside.casework.directory.models import Feed, Service, copies
from alongside.casework.directory.open_referral.client import HttpClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("told", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"])
def test_a_change_in_a_year_that_cannot_be_counts_as_not_told(
    feed_server: FakeFeed, take: Take, editor: Actor, at: datetime, told: str
) -> None:
    feed_server.serves([a_service(1, last_modified=told), a_service(2, last_modified="2026-09-01T00:00:00Z")])
    assert take().outcome == "2 services imported, 0 rows left out"
    assert queries.search_services(actor=editor, at=at).total == 2
    odd, usual = Service.objects.order_by("name").values_list("last_modified", flat=True)
    assert (odd, usual.month) == (at, 9)


@pytest.mark.parametrize("zone", ["Z", "z", "+01:00", "-05:00", "-0500", "+01", "-05"])
def test_a_clock_is_read_as_it_hangs_on_the_wall_whatever_zone_is_told(
    feed_server: FakeFeed, take: Take, zone: str
) -> None:
    def hours(opens: str, closes: str) -> list[dict[str, Any]]:
        return [{"freq": "WEEKLY", "byday": "MO", "opens_at": opens, "closes_at": closes}]

    feed_server.serves(
        [
            a_service(1, schedules=hours("09:00", "17:00")),
            a_service(2, schedules=hours(f"09:00{zone}", f"17:00{zone}")),
            a_service(3, schedules=hours(32_400, 61_200)),  # type: ignore[arg-type]
        ]
    )
    assert take().outcome == "3 services imported, 0 rows left out"
    for service in Service.objects.all():
        told = service.schedules.get().hours
        assert (told.opens_at, told.closes_at) == (time(9), time(17))


def test_a_feed_that_breaks_what_nobody_foresaw_is_told_and_the_next_is_taken(
    feed: Feed, feed_server: FakeFeed, anybody: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = commands.add_feed(actor=anybody, at=at, name="A bad one", address=f"{feed_server.address}/bad")
    feed_server.answer = lambda path, _: a_page(
        [a_service(1, minimum_age=99 if "/bad/" in path else 18)], 1, 1, 1
    )
    # as if the schema let through what the column refuses
    monkeypatch.setattr(copies, "_years", lambda age: -1 if age == 99 else None)
    done = jobs.take_all_feeds(actor=anybody, at=at, clients=lambda: HttpClient(inside_too=True))
    assert done == {"A bad one": Went.BADLY, "County directory": Went.WELL}
    assert Service.objects.get().feed == feed
    bad.refresh_from_db()
    assert (bad.checked_at, bad.fetched_at) == (at, None)
    assert bad.outcome == (
        "It failed, and that is our fault (IntegrityError). The background worker's log says where."
    )


def test_a_database_that_cannot_be_reached_is_no_fault_of_a_feed(
    feed: Feed, feed_server: FakeFeed, anybody: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: Any, **__: Any) -> None:
        raise OperationalError

    feed_server.serves([a_service(1)])
    monkeypatch.setattr(jobs, "import_feed", cut)
    with pytest.raises(OperationalError):
        jobs.take_all_feeds(actor=anybody, at=at, clients=lambda: HttpClient(inside_too=True))
    feed.refresh_from_db()
    assert feed.checked_at is None

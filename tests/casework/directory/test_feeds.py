"""A feed is taken whole or not at all, whatever it does; the last good copy stays."""

import json
import re
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from uuid import UUID

import pytest
from tests.casework.directory.conftest import FOOD_BANK, FakeFeed, Take, a_page, a_service

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.background.rules import Went
from alongside.casework.directory import commands, jobs, queries
from alongside.casework.directory.models import Feed, Phone, Service, TaxonomyTerm
from alongside.casework.directory.open_referral.client import FeedRefusedError, HttpClient
from alongside.casework.kernel.errors import AlreadyDoneError

pytestmark = pytest.mark.django_db


def test_a_feed_is_read_to_its_last_page_and_written(feed_server: FakeFeed, take: Take, at: datetime) -> None:
    feed_server.serves(
        [
            a_service(1, phones=[{"id": "x", "number": "01632 960002"}], local_note="ramp", contacts=[
                {"id": "y", "name": "Asha Patel", "email": "asha@example.org"}]),
            a_service(2, attributes=[{"id": "z", "taxonomy_term": {
                "id": str(UUID(int=5)), "name": "Warm place", "description": "d", "taxonomy": "Needs"}}]),
            a_service(3, organization={"id": str(UUID(int=78)), "name": "Other", "description": "d"}),
        ]
    )  # fmt: skip
    feed = take()
    assert feed.outcome == "3 services imported, 0 rows left out"
    assert feed.fetched_at == feed.checked_at == at
    first = Service.objects.get(name="Warm Room 1")
    assert (first.phones.get().number, first.extra) == ("01632 960002", {"local_note": "ramp"})
    assert first.schedules.get().hours.closes_at.hour == 17
    assert str(first.source_id) == a_service(1)["id"]
    assert TaxonomyTerm.objects.get().attributes.get().service.name == "Warm Room 2"
    told = str(list(Service.objects.values())) + str(list(Phone.objects.values()))
    assert "Asha" not in told


def test_services_that_the_list_tells_shortly_are_read_from_their_own_pages(
    feed_server: FakeFeed, take: Take
) -> None:
    def answer(path: str, number: int) -> Any:
        whole = a_service(1)
        if path.endswith(whole["id"]):
            return whole
        short = {name: whole[name] for name in ("id", "name", "status", "organization")}
        return a_page([short], 1, 1, 1)

    feed_server.answer = answer
    take()
    assert Service.objects.get().schedules.count() == 1


def test_a_new_copy_changes_what_changed_and_keeps_what_is_gone_as_gone(
    feed_server: FakeFeed, take: Take, anybody: Actor, at: datetime, later: datetime
) -> None:
    feed_server.serves([a_service(1), a_service(2)])
    take()
    ids = set(Service.objects.values_list("id", flat=True))
    feed_server.serves([a_service(1, name="New name", schedules=[])])
    feed = take(when=later)
    assert set(Service.objects.values_list("id", flat=True)) == ids
    kept, gone = Service.objects.get(name="New name"), Service.objects.get(name="Warm Room 2")
    assert (kept.schedules.count(), kept.gone_since) == (0, None)
    assert gone.gone_since == later == feed.fetched_at
    found = queries.search_services(actor=anybody, at=later)
    assert [each.service.id for each in found.found] == [kept.id]
    feed_server.serves([a_service(1), a_service(2)])
    take(when=later)
    assert Service.objects.filter(gone_since=None).count() == 2


def endless(path: str, number: int) -> Any:
    return a_page([a_service(number)], number, number + 1, number + 1)


def same_page_for_ever(path: str, number: int) -> Any:
    return a_page([a_service(1)], 1, 3, 3)


def many_pages(path: str, number: int) -> Any:
    return a_page([a_service(number)], number, 10**9, 10**9)


def empty_pages(path: str, number: int) -> Any:
    return a_page([], number, 400, 0)


def fewer_pages(path: str, number: int) -> Any:
    return a_page([a_service(number)], number, 2, 80)


def says_last_too_soon(path: str, number: int) -> Any:
    return a_page([a_service(number)], number, 3, 3, last_page=True)


def dies_on_page_two(path: str, number: int) -> Any:
    if number == 1:
        return a_page([a_service(1)], 1, 2, 2)

    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"contents": [')
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    return half


def answers_500_on_page_two(path: str, number: int) -> Any:
    if number == 1:
        return a_page([a_service(1)], 1, 2, 2)
    return lambda handler: handler.send_error(500)


def ten_megabytes(path: str, number: int) -> Any:
    return a_page([a_service(1, description="x" * 10_000_000)], 1, 1, 1)


def a_bomb(path: str, number: int) -> Any:
    return b'{"contents": ' + b"[" * 100_000


def leads_to(address: str) -> Callable[[str, int], Any]:
    def redirect(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", address)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return lambda _, __: redirect


def mostly_rubbish(path: str, number: int) -> Any:
    return a_page([a_service(1), {"id": "x"}, {}, 5], 1, 1, 4)


LIES = {
    "endless pages": (endless, "different totals"),
    "the same page for ever": (same_page_for_ever, "asked for page 2"),
    "a thousand million pages": (many_pages, "the most is 500"),
    "empty pages": (empty_pages, "is empty"),
    "fewer services than it says": (fewer_pages, "80 services, but gave 2"),
    "a last page too soon": (says_last_too_soon, "contradicts itself"),
    "dies half-way": (dies_on_page_two, "broke off"),
    "answers 500": (answers_500_on_page_two, "answered 500"),
    "ten megabytes": (ten_megabytes, "more than a directory can hold"),
    "nested for ever": (a_bomb, "not JSON"),
    "NaN": (lambda _, __: b'{"contents": [NaN]}', "not JSON"),
    "a page of HTML": (lambda _, __: b"<html>", "not JSON"),
    "no page": (lambda _, __: [], "does not follow the standard"),
    "pages that are no number": (lambda _, __: a_page([], 1, 1, 0, total_pages="1"), "how many"),
    "another host": (leads_to("http://localhost:9/services"), "another address"),
    "a file": (leads_to("file:///etc/hostname"), "another address|answered 302"),
    "itself": (leads_to("/feed/services"), "answered 302"),
    "mostly rubbish": (mostly_rubbish, "3 of 4 rows"),
    "nothing any more": (lambda _, __: a_page([], 1, 1, 0), "no services at all"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_feed_that_lies_or_dies_leaves_the_last_good_copy_and_is_told(
    feed_server: FakeFeed, take: Take, at: datetime, later: datetime, lie: str
) -> None:
    feed_server.serves([a_service(8), a_service(9)])
    take()
    before = list(Service.objects.order_by("id").values())
    feed_server.answer, told = LIES[lie]
    feed = take(when=later)
    assert list(Service.objects.order_by("id").values()) == before
    assert (feed.fetched_at, feed.checked_at) == (at, later)
    assert re.search(told, feed.outcome), feed.outcome
    assert len(feed_server.asked) < 40


def test_a_feed_that_drips_does_not_outlast_its_time(feed_server: FakeFeed, take: Take) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    feed_server.answer = lambda _, __: drip
    began = time.monotonic()
    assert "in time" in take(seconds=0.3).outcome
    assert time.monotonic() - began < 3


BAD = {
    "no UUID": {"id": "1; drop table"},
    "no date": {"assured_date": "31 February"},
    "an unknown status": {"status": "thriving"},
    "NUL in a name": {"name": "Warm\x00Room"},
    "half a character": {"description": "\ud800"},
    "a name of 10,000 characters": {"name": "x" * 10_000},
    "no name": {"name": ""},
    "ages the wrong way round": {"minimum_age": 60, "maximum_age": 5},
    "an age of infinity": {"minimum_age": 1e999},
    "a place off the globe": {
        "service_at_locations": [{"location": {"latitude": 91, "longitude": 0, "location_type": "physical"}}]
    },
    "a schedule that is text": {"schedules": "mornings"},
    "ten thousand telephones": {"phones": [{"number": "1"}] * 10_000},
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_row_is_told_by_its_place_and_the_others_are_taken(
    feed_server: FakeFeed, take: Take, bad: str
) -> None:
    def answer(path: str, number: int) -> Any:
        page = a_page([a_service(1), a_service(2, **BAD[bad]), a_service(3)], 1, 1, 3)
        return json.dumps(page).replace("Infinity", "1e999").encode()

    feed_server.answer = answer
    feed = take()
    assert feed.outcome == "2 services imported, 1 rows left out"
    assert feed.left_out[0].startswith("page 1, row 2: ")
    assert "drop table" not in feed.left_out[0]
    assert set(Service.objects.values_list("name", flat=True)) == {"Warm Room 1", "Warm Room 3"}


def test_odd_things_beside_the_standard_are_kept_only_if_a_database_can_hold_them(
    feed_server: FakeFeed, take: Take
) -> None:
    odd = {"b": "\x00", "c": "\ud800", "d": 1e400, "e": {"deep": 1}, "f": "asha@example.org"}
    page = json.dumps(a_page([a_service(1, a="fine", g="x" * 99, **odd)], 1, 1, 1))
    feed_server.answer = lambda _, __: page.replace("Infinity", "1e400").encode()
    take()
    assert set(Service.objects.get().extra) == {"a", "g"}


def test_the_second_row_of_one_id_is_told(feed_server: FakeFeed, take: Take) -> None:
    feed_server.serves([a_service(1), a_service(2), a_service(1, name="Again")])
    assert take().left_out == ["page 2, row 1: the feed already has a service with this id"]
    assert not Service.objects.filter(name="Again").exists()


def test_script_in_a_name_is_text_and_an_address_that_runs_is_left_out(
    feed_server: FakeFeed, take: Take
) -> None:
    name = "<script>alert(1)</script>"
    feed_server.serves([a_service(1, name=name, url="javascript:alert(1)", email="a@b?bcc=x@example.org")])
    take()
    service = Service.objects.get()
    assert (service.name, service.url, service.email) == (name, "", "")


def test_a_feed_can_neither_change_nor_double_an_own_entry(
    feed_server: FakeFeed, take: Take, editor: Actor, at: datetime
) -> None:
    own = commands.publish_service(actor=editor, at=at, entry=FOOD_BANK)
    feed_server.serves([a_service(1), a_service(2, id=str(own.id), name="Taken over")])
    feed = take()
    assert feed.left_out == [f"service {own.id} is our own entry, and stays as it is"]
    assert not Service.objects.filter(name="Taken over").exists()
    assert Service.objects.get(id=own.id).name == FOOD_BANK.name


def test_the_client_asks_nothing_in_our_own_network_unless_a_test_says_so(feed_server: FakeFeed) -> None:
    feed_server.serves([a_service(1)])
    with pytest.raises(FeedRefusedError, match="own network"):
        HttpClient().get(f"{feed_server.address}/services")
    assert feed_server.asked == []
    for address in ("file:///etc/hostname", "ftp://example.org/", "data:,{}"):
        with pytest.raises(FeedRefusedError, match="Only http"):
            HttpClient(inside_too=True).get(address)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "ftp://example.org", "https://", "https://asha:secret@example.org/feed",
     "nonsense", "https://example.org/feed?key=1", "https://exa mple.org", "https://example.org:99999/", "https://[::1"],
)  # fmt: skip
def test_an_address_that_is_none_of_a_feed_is_not_added(anybody: Actor, at: datetime, address: str) -> None:
    with pytest.raises(commands.FeedAddressError):
        commands.add_feed(actor=anybody, at=at, name="Feed", address=address)
    assert not Feed.objects.exists()


def test_a_feed_is_added_once_and_by_those_who_look_after_data(
    feed: Feed, anybody: Actor, at: datetime
) -> None:
    with pytest.raises(AlreadyDoneError):
        commands.add_feed(actor=anybody, at=at, name="Again", address=f"{feed.address}/")
    nobody = Actor(name="Nobody", user_id=None, organisation_id=None, organisation_name="")
    with pytest.raises(NotAllowedError):
        commands.add_feed(actor=nobody, at=at, name="Other", address="https://example.org/feed")
    with pytest.raises(NotAllowedError):
        queries.feeds_page(actor=nobody, at=at)


def test_one_feed_that_fails_keeps_none_of_the_others(
    feed: Feed, feed_server: FakeFeed, anybody: Actor, at: datetime
) -> None:
    commands.add_feed(actor=anybody, at=at, name="A dead one", address="http://127.0.0.1:9/feed")
    feed_server.serves([a_service(1)])
    done = jobs.take_all_feeds(actor=anybody, at=at, clients=lambda: HttpClient(inside_too=True))
    assert done == {"A dead one": Went.BADLY, "County directory": Went.WELL}
    dead, good = queries.feeds_page(actor=anybody, at=at)
    assert (dead.stale, good.stale) == (True, False)
    assert "could not be reached" in dead.outcome


@pytest.mark.proves("FIND-18")
def test_a_night_in_which_a_feed_cannot_be_had_keeps_its_copy_with_its_date_and_says_so(
    feed: Feed, feed_server: FakeFeed, anybody: Actor, at: datetime
) -> None:
    feed_server.serves([a_service(1)])
    client = HttpClient(inside_too=True)
    went = jobs.take_feed(actor=anybody, at=at, feed_id=feed.id, address=feed.address, client=client)
    assert went == Went.WELL
    night = at + timedelta(days=1)
    done = jobs.take_feeds_nightly(at=night)  # at night no address of our own network is asked
    assert (done.went, "County directory" in done.words) == (Went.BADLY, True)
    (kept,) = queries.feeds_page(actor=anybody, at=night)
    assert (kept.fetched_at, kept.checked_at) == (at, night)
    assert Service.objects.filter(feed=feed).count() == 1


def test_a_night_with_no_feeds_is_a_good_night(db: None, at: datetime) -> None:
    assert jobs.take_feeds_nightly(at=at).went == Went.WELL

"""A charity of Riverside that keeps its own entries, and somebody else's feed on a port of this machine."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid5

import pytest

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.directory import commands, jobs
from alongside.casework.directory.models import Feed
from alongside.casework.directory.open_referral.client import HttpClient
from alongside.casework.directory.rules import Entry, Hours, Place

Take = Callable[..., Feed]
FOOD_BANK = Entry(
    name="Riverside Food Bank",
    description="Food parcels for anybody who cannot afford to eat. No referral needed.",
    telephone="01632 960001",
    contact_role="Duty worker",
    email="foodbank@example.org",
    url="https://example.org/foodbank",
    place=Place("1 Mill Lane", "Riverside", "RV1 1AA", latitude=52.0, longitude=-1.0),
    hours=(Hours(freq="WEEKLY", byday="MO,TH", opens_at=time(10), closes_at=time(16)),),
    languages=("English", "Polish"),
    areas=("Riverside",),
)


@pytest.fixture
def charity(db: None) -> Organisation:
    return Organisation.join(code="riverside-together", name="Riverside Together", kind="charity")


@pytest.fixture
def editor(anybody: Actor, charity: Organisation) -> Actor:
    return replace(anybody, organisation_id=charity.id, organisation_name=charity.name)


@pytest.fixture
def stranger(anybody: Actor, db: None) -> Actor:
    other = Organisation.join(code="valley", name="Valley Housing", kind="housing")
    return replace(anybody, organisation_id=other.id, organisation_name=other.name)


def a_service(number: int, **told: Any) -> dict[str, Any]:
    """One service of a feed."""
    return {
        "id": str(uuid5(UUID(int=9), str(number))),
        "name": f"Warm Room {number}",
        "description": "A warm place to sit",
        "status": "active",
        "assured_date": "2026-10-01",
        "organization": {"id": str(UUID(int=77)), "name": "Warm Rooms", "description": "Warm rooms"},
        "schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00Z"}],
        "attributes": [],
    } | told


def a_page(services: list[Any], number: int, pages: int, items: int, **told: Any) -> dict[str, Any]:
    """One page of a feed."""
    return {
        "total_items": items, "total_pages": pages, "page_number": number, "size": len(services),
        "first_page": number == 1, "last_page": number == pages, "empty": not services, "contents": services,
    } | told  # fmt: skip


def nothing(_: str, __: int) -> None:
    """Answer null."""


@dataclass
class FakeFeed:
    """A feed that answers as it is told to; what it answers may be bytes, an exception or JSON."""

    address: str = ""
    answer: Callable[[str, int], Any] = nothing
    asked: list[str] = field(default_factory=list)

    def serves(self, services: list[Any], *, size: int = 2, **told: Any) -> None:
        """Serve these, well paged."""
        pages = max(1, -(-len(services) // size))

        def page(path: str, number: int) -> Any:
            part = services[(number - 1) * size : number * size]
            return a_page(part, number, pages, len(services), **told)

        self.answer = page


@pytest.fixture
def feed_server() -> Iterator[FakeFeed]:
    fake = FakeFeed()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            fake.asked.append(self.path)
            told = fake.answer(parts.path, int(parse_qs(parts.query).get("page", ["1"])[0]))
            if callable(told):
                told(self)
                return
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    fake.address = f"http://127.0.0.1:{server.server_port}/feed"
    yield fake
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def feed(feed_server: FakeFeed, anybody: Actor, at: datetime) -> Feed:
    return commands.add_feed(actor=anybody, at=at, name="County directory", address=feed_server.address)


@pytest.fixture
def take(feed: Feed, anybody: Actor, at: datetime) -> Callable[..., Feed]:
    def taken(*, when: datetime = at, **limits: Any) -> Feed:
        client = HttpClient(inside_too=True, **limits)
        jobs.take_feed(actor=anybody, at=when, feed_id=feed.id, address=feed.address, client=client)
        feed.refresh_from_db()
        return feed

    return taken


@pytest.fixture
def later(at: datetime) -> datetime:
    return at.replace(month=12)


@pytest.fixture(autouse=True)
def static_files_need_not_be_there(settings: Any, tmp_path: Path) -> None:
    """Give whitenoise a folder, which it would miss aloud."""
    settings.STATIC_ROOT = tmp_path

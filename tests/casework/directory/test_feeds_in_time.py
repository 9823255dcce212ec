"""The limits of size and time hold for all of a fetch: connecting, headers, redirects and the body."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from tests.casework.directory.conftest import FakeFeed, Take, a_page, a_service

from alongside.casework.directory.models import Service
from alongside.casework.directory.open_referral.client import FeedRefusedError, HttpClient

MEGABYTE = b" " * 1024 * 1024


def redirecting(then: Callable[[BaseHTTPRequestHandler], None]) -> Callable[[BaseHTTPRequestHandler], None]:
    """Lead to another page of the same feed, and go on sending."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/feed/other")
        handler.send_header("Content-Length", str(50 * len(MEGABYTE)))
        handler.end_headers()
        then(handler)

    return answer


def drip(handler: BaseHTTPRequestHandler, drop: bytes = b" ") -> None:
    for _ in range(100):
        handler.wfile.write(drop)
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    drip(handler, b"X-Told: nothing\r\n")
    handler.wfile.write(b"\r\n{}")


@pytest.mark.django_db
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_the_body_of_a_redirect_is_not_read(feed_server: FakeFeed, take: Take, code: int) -> None:
    sent: list[int] = []

    def big(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        handler.send_header("Location", "/feed/other")
        handler.send_header("Content-Length", str(50 * len(MEGABYTE)))
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(MEGABYTE)
            sent.append(1)

    def answer(path: str, number: int) -> Any:
        return a_page([a_service(1)], 1, 1, 1) if path == "/feed/other" else big

    feed_server.answer = answer
    assert take(page_bytes=100_000).outcome == "1 services imported, 0 rows left out"
    assert Service.objects.count() == 1
    assert len(sent) < 50


@pytest.mark.parametrize("told", [redirecting(drip), drip_headers], ids=["redirect", "headers"])
def test_what_drips_before_the_body_does_not_outlast_its_time(
    feed_server: FakeFeed, told: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    feed_server.answer = lambda path, _: told if path != "/feed/other" else drip_headers
    began = time.monotonic()
    with pytest.raises(FeedRefusedError, match="in time"):
        HttpClient(inside_too=True, seconds=0.3).get(f"{feed_server.address}/services")
    assert time.monotonic() - began < 2


def test_the_last_document_has_only_what_is_left_of_the_time_of_the_whole_feed(feed_server: FakeFeed) -> None:
    feed_server.answer = lambda _, __: drip_headers
    began = time.monotonic()
    with pytest.raises(FeedRefusedError, match="in time"):
        HttpClient(inside_too=True, seconds=60, seconds_in_all=0.3).get(f"{feed_server.address}/services")
    assert time.monotonic() - began < 2


@pytest.fixture
def dripping_greeting() -> Iterator[str]:
    """The address of a server that never finishes agreeing on how to encrypt."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            connected, _ = server.accept()
            with connected:
                connected.sendall(b"\x16\x03\x03\x3f\xff")
                try:
                    for _ in range(100):
                        connected.sendall(b"\x02")
                        time.sleep(0.05)
                except OSError:
                    pass

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{server.getsockname()[1]}/feed"
        thread.join()


def test_a_greeting_that_drips_does_not_outlast_its_time(dripping_greeting: str) -> None:
    began = time.monotonic()
    with pytest.raises(FeedRefusedError, match="in time"):
        HttpClient(inside_too=True, seconds=0.3).get(dripping_greeting)
    assert time.monotonic() - began < 2

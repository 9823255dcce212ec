"""A feed's address that leads into our own network, by whatever name, and one that never stops sending."""

import socket
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.directory.conftest import FakeFeed

from alongside.casework.directory.open_referral import client
from alongside.casework.directory.open_referral.client import FeedRefusedError, HttpClient

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::", "2002:a9fe:a9fe::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_whoever_is_inside_is_not_asked_whatever_name_led_there(address: str) -> None:
    closed: list[bool] = []
    connected: Any = SimpleNamespace(getpeername=lambda: (address, 80), close=lambda: closed.append(True))
    with pytest.raises(FeedRefusedError, match="own network"):
        client._must_be_outside(connected)
    assert closed


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_whoever_is_outside_is_asked(address: str) -> None:
    connected: Any = SimpleNamespace(getpeername=lambda: (address, 443))
    client._must_be_outside(connected)


def test_a_name_that_means_something_else_when_it_is_asked_again_leads_nowhere(
    feed_server: FakeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name may mean a public address when it is looked at and ours when it is connected to."""
    port = int(feed_server.address.split(":")[2].split("/")[0])
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers[0])
    with pytest.raises(FeedRefusedError, match="own network"):
        HttpClient().get("http://feed.example/services")
    assert feed_server.asked == []


@pytest.mark.parametrize("written", ["2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "localhost."])
def test_odd_ways_to_write_our_own_address_lead_nowhere(feed_server: FakeFeed, written: str) -> None:
    port = feed_server.address.split(":")[2].split("/")[0]
    with pytest.raises(FeedRefusedError):
        HttpClient(seconds=2).get(f"http://{written}:{port}/services")
    assert feed_server.asked == []


def test_a_feed_that_sends_a_gigabyte_is_left_after_a_few_megabytes(feed_server: FakeFeed) -> None:
    sent = 0

    def gigabyte(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        for _ in range(1_000):
            handler.wfile.write(b" " * 1_000_000)
            sent += 1

    feed_server.answer = lambda _, __: gigabyte
    with pytest.raises(FeedRefusedError, match="more than a directory can hold"):
        HttpClient(inside_too=True).get(f"{feed_server.address}/services")
    assert sent < 50

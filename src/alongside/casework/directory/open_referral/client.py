"""Fetching JSON from somebody else's server: http or https only, limited in size, time and redirects."""

import http.client
import ipaddress
import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any, NoReturn, Protocol, Self
from urllib.parse import urlsplit

from alongside.casework.kernel.errors import CaseworkError

PAGE_BYTES = 4 * 1024 * 1024
FEED_BYTES = 64 * 1024 * 1024
SECONDS_OF_SILENCE = 10.0
SECONDS_A_PAGE = 30.0
SECONDS_A_FEED = 1_800.0


class FeedRefusedError(CaseworkError):
    """A feed could not be imported, and none of it was; the message says why."""


class Client(Protocol):
    """Whatever can fetch a document."""

    def get(self, address: str) -> Any:
        """Return the JSON at an address.

        Raises:
            FeedRefusedError: it cannot be fetched, or is not JSON.
        """


@dataclass
class HttpClient:
    """The client for the network, used for one feed.

    Attributes:
        inside_too: whether addresses in our own network may be fetched; only tests do that.
        page_bytes: the largest document it accepts.
        feed_bytes: the most it accepts in all.
        seconds: how long one document may take.
        seconds_in_all: how long the whole feed may take.
    """

    inside_too: bool = False
    page_bytes: int = PAGE_BYTES
    feed_bytes: int = FEED_BYTES
    seconds: float = SECONDS_A_PAGE
    seconds_in_all: float = SECONDS_A_FEED
    _begun: float = field(default_factory=time.monotonic, init=False)
    _taken: int = field(default=0, init=False)

    def get(self, address: str) -> Any:
        """Return the JSON at an address.

        Raises:
            FeedRefusedError: the address is not http or https or is in our own network, the answer is
                not 200, is too large or too slow, redirects elsewhere, or is not JSON.
        """
        if urlsplit(address).scheme not in ("http", "https"):
            raise FeedRefusedError("Only http and https addresses can be fetched.")
        left = self._begun + self.seconds_in_all - time.monotonic()
        if left <= 0:
            raise FeedRefusedError("The feed did not finish in time.")
        with _Deadline(min(self.seconds, left)) as deadline:
            try:
                body = self._fetched(address, deadline)
            except urllib.error.HTTPError as error:
                error.close()
                raise FeedRefusedError(f"The feed answered {error.code} instead of 200.") from None
            except (OSError, http.client.HTTPException, ValueError) as error:
                reasons = (error, getattr(error, "reason", None))
                if deadline.over or any(isinstance(each, TimeoutError) for each in reasons):
                    raise FeedRefusedError("The feed did not answer in time.") from error
                raise FeedRefusedError("The feed could not be reached, or broke off halfway.") from error
        return parsed(body)

    def _fetched(self, address: str, deadline: "_Deadline") -> bytes:
        def connected(to: socket.socket) -> None:
            if not self.inside_too:
                _must_be_outside(to)
            deadline.watch(to)

        # no proxy from the environment: it would fetch any address it is told, even in our own network
        opener = urllib.request.OpenerDirector()
        for handler in (
            _Http(connected), _Https(connected), _SameHost(),
            urllib.request.HTTPErrorProcessor(), urllib.request.HTTPDefaultErrorHandler(),
        ):  # fmt: skip
            opener.add_handler(handler)
        request = urllib.request.Request(  # noqa: S310 - its scheme was looked at
            address, headers={"Accept": "application/json", "User-Agent": "Alongside"}
        )
        with opener.open(request, timeout=min(SECONDS_OF_SILENCE, self.seconds)) as answer:
            return self._read(answer, deadline)

    def _read(self, answer: IO[bytes], deadline: "_Deadline") -> bytes:
        pieces, size = [], 0
        while piece := answer.read1(65_536):  # type: ignore[attr-defined]
            pieces.append(piece)
            size += len(piece)
            if size > self.page_bytes or self._taken + size > self.feed_bytes:
                raise FeedRefusedError("The feed sends more than a directory can hold.")
        if deadline.over:
            # a connection that we cut looks like one that the feed ended
            raise TimeoutError
        expected = getattr(answer, "headers", {}).get("Content-Length")
        if expected and expected.isdigit() and int(expected) != size:
            raise FeedRefusedError("The feed could not be reached, or broke off halfway.")
        self._taken += size
        return b"".join(pieces)


class _Deadline:
    """Cuts the connection of one fetch when its time is up.

    The limit of a socket is one of silence: a feed that sends a byte now and then, in its headers or
    anywhere else, never reaches it.
    """

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._watched: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    def watch(self, connected: socket.socket) -> None:
        """Cut this connection when the time is up, or now if it is."""
        self._watched = connected
        if self.over:
            self._end()

    def _end(self) -> None:
        self.over = True
        if self._watched:
            with suppress(OSError):  # it is closed already
                self._watched.shutdown(socket.SHUT_RDWR)


def parsed(body: bytes) -> Any:
    """Return what JSON says, refusing what the JSON standard does not allow (NaN) and endless nesting.

    Raises:
        FeedRefusedError: it is not JSON.
    """
    try:
        return json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise FeedRefusedError("The feed answered with something that is not JSON.") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


Connected = Callable[[socket.socket], None]
"""Looks at a connection as soon as it is there, and refuses it or watches over it."""


class _Http(urllib.request.HTTPHandler):
    def __init__(self, connected: Connected) -> None:
        super().__init__()
        self.connected = connected

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._made, req)

    def _made(self, host: str, /, **how: Any) -> http.client.HTTPConnection:
        return _HttpConnection(host, connected=self.connected, **how)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, connected: Connected) -> None:
        super().__init__()
        self.connected = connected

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._made, req)

    def _made(self, host: str, /, **how: Any) -> http.client.HTTPConnection:
        return _HttpsConnection(host, connected=self.connected, **how)


class _HttpConnection(http.client.HTTPConnection):
    def __init__(self, host: str, *, connected: Connected, **how: Any) -> None:
        super().__init__(host, **how)
        self.connected = connected

    def connect(self) -> None:
        super().connect()
        self.connected(self.sock)


class _HttpsConnection(http.client.HTTPSConnection):
    def __init__(self, host: str, *, connected: Connected, **how: Any) -> None:
        super().__init__(host, **how)
        self.connected = connected

    def connect(self) -> None:
        super().connect()
        self.connected(self.sock)


def _must_be_outside(connected: socket.socket) -> None:
    """Check what we are connected to, not what the name meant a moment before.

    Raises:
        FeedRefusedError: it is an address in our own network or machine.
    """
    if not _is_outside(connected.getpeername()[0].split("%")[0]):
        connected.close()
        raise FeedRefusedError("The address is in our own network, where there are no feeds.")


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _is_outside(address: str) -> bool:
    """Whether an address, and any address wrapped in it (RFC 3056, 4380, 6052), is on the internet."""
    outer = ipaddress.ip_address(address)
    wrapped: list[ipaddress.IPv4Address | None] = []
    if isinstance(outer, ipaddress.IPv6Address):
        wrapped = [outer.ipv4_mapped, outer.sixtofour, *(outer.teredo or ())]
        if outer in _NAT64:
            wrapped.append(ipaddress.IPv4Address(int(outer) & 0xFFFFFFFF))
    every = [outer, *(each for each in wrapped if each)]
    return all(each.is_global and not each.is_multicast for each in every)


class _SameHost(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if (before.scheme, before.netloc) != (after.scheme, after.netloc):
            raise FeedRefusedError(
                "The feed redirects to another address. If it has moved, add it with its new address."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)

    def http_error_302(self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any) -> Any:
        # Python would read what comes with a redirect to its end, however long that is
        fp.close()
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

"""Fetching JSON from somebody else's server: http or https only, limited in size, time and redirects."""

import http.client
import ipaddress
import json
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import IO, Any, NoReturn, Protocol
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
        seconds_in_all: how long until the last document is asked for.
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
        if time.monotonic() - self._begun > self.seconds_in_all:
            raise FeedRefusedError("The feed did not finish in time.")
        # no proxy from the environment: it would fetch any address it is told, even in our own network
        opener = urllib.request.OpenerDirector()
        for handler in (
            _Http(self.inside_too), _Https(self.inside_too), _SameHost(),
            urllib.request.HTTPErrorProcessor(), urllib.request.HTTPDefaultErrorHandler(),
        ):  # fmt: skip
            opener.add_handler(handler)
        request = urllib.request.Request(  # noqa: S310 - its scheme was looked at
            address, headers={"Accept": "application/json", "User-Agent": "Alongside"}
        )
        try:
            with opener.open(request, timeout=min(SECONDS_OF_SILENCE, self.seconds)) as answer:
                body = self._read(answer)
        except urllib.error.HTTPError as error:
            error.close()
            raise FeedRefusedError(f"The feed answered {error.code} instead of 200.") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
                raise FeedRefusedError("The feed did not answer in time.") from error
            raise FeedRefusedError("The feed could not be reached, or broke off halfway.") from error
        return parsed(body)

    def _read(self, answer: IO[bytes]) -> bytes:
        until, pieces, size = time.monotonic() + self.seconds, [], 0
        # read1 returns what is there, so a feed that drips one byte at a time cannot outlast the limit
        while piece := answer.read1(65_536):  # type: ignore[attr-defined]
            pieces.append(piece)
            size += len(piece)
            if size > self.page_bytes or self._taken + size > self.feed_bytes:
                raise FeedRefusedError("The feed sends more than a directory can hold.")
            if time.monotonic() > until:
                raise FeedRefusedError("The feed did not answer in time.")
        expected = getattr(answer, "headers", {}).get("Content-Length")
        if expected and expected.isdigit() and int(expected) != size:
            raise FeedRefusedError("The feed could not be reached, or broke off halfway.")
        self._taken += size
        return b"".join(pieces)


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


class _Http(urllib.request.HTTPHandler):
    def __init__(self, inside_too: bool) -> None:
        super().__init__()
        self.connection = _PublicHttp if not inside_too else http.client.HTTPConnection

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self.connection, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, inside_too: bool) -> None:
        super().__init__()
        self.connection = _PublicHttps if not inside_too else http.client.HTTPSConnection

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self.connection, req)


class _PublicHttp(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _must_be_outside(self.sock)


class _PublicHttps(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _must_be_outside(self.sock)


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

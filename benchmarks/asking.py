"""Asking a server for pages as browsers do, many at once, and how long each waits."""

import http.client
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

PORT = 8571
USERS, ASKED_EACH = 16, 25
ASKED_BEFORE = 6
"""How often each asks before it counts: from the sixth time on a connection, the database keeps a plan."""
Headers = dict[str, list[str]]


@dataclass(frozen=True)
class Session:
    """Somebody who has signed in: their cookies, and the token that their forms send."""

    cookies: str
    token: str


def ask(
    port: int, method: str, address: str, cookies: str = "", body: str | None = None
) -> tuple[int, Headers, str]:
    """Return status, headers and text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookies, "Host": f"localhost:{port}"}
    if body is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, address, body, headers)
    answer = connection.getresponse()
    found: Headers = {}
    for name, value in answer.getheaders():
        found.setdefault(name.lower(), []).append(value)
    return answer.status, found, answer.read().decode(errors="replace")  # a document is not text


def signed_in_as(name: str) -> Session:
    """Sign in as somebody in the demonstration.

    Raises:
        RuntimeError: the sign-in page does not offer them, or it did not work.
    """
    _, headers, page = ask(PORT, "GET", "/sign-in/")
    cookies = _cookies(headers)
    if name not in page:
        raise RuntimeError(f"the sign-in page does not offer {name}")
    before = page[: page.index(name)]
    member = re.findall(r'value="([^"]*)"', before[before.rindex("<button") :])[0]
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', before)[-1]
    body = urlencode({"member": member, "next": "/", "csrfmiddlewaretoken": token})
    _, headers, _ = ask(PORT, "POST", "/sign-in/demonstration/", _said(cookies), body)
    said = _said(cookies | _cookies(headers))
    _, _, page = ask(PORT, "GET", "/", said)
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if f"Hello {name}" not in page:
        raise RuntimeError(f"{name} could not be signed in")
    return Session(said, tokens[-1])


def waits(port: int, address: str, session: Session | None, *, each: int = ASKED_EACH) -> list[float]:
    """Return how long each of sixteen at once waits, in seconds, once they have asked a few times.

    Raises:
        RuntimeError: the answer was anything but a page.
    """

    def one(_: int) -> list[float]:
        waited = []
        cookies = session.cookies if session else ""
        for _ in range(ASKED_BEFORE + each):
            begun = time.perf_counter()
            status = ask(port, "GET", address, cookies)[0]
            waited.append(time.perf_counter() - begun)
            if status != 200:
                raise RuntimeError(f"{address} answered {status}")
        return waited[ASKED_BEFORE:]

    with ThreadPoolExecutor(USERS) as pool:
        return [each for waited in pool.map(one, range(USERS)) for each in waited]


def p95(times: list[float]) -> float:
    """Return the time that all but one in twenty stay under."""
    return statistics.quantiles(times, n=20)[-1]


def _cookies(headers: Headers) -> dict[str, str]:
    pairs = (each.split(";")[0].partition("=") for each in headers.get("set-cookie", []))
    return {name: value for name, _, value in pairs}


def _said(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())

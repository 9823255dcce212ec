"""Pages of the web product with a partnership's worth of rows, sixteen at once, beside an empty page.

A cluster of its own in a temporary folder: 50,000 people, 500 staff and two million audit events.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.measuring import ROOT
from benchmarks.options import Options, Row

TITLE = "Pages of the web product"
PEOPLE, STAFF, EVENTS_EACH = 50_000, 500, 40
USERS, ASKED_EACH = 16, 25
PORT, EMPTY_PORT = 8571, 8572
EMPTY = "an empty page"
WANTED = "p95 under 300 ms, within 5 times an empty page's"
WANTED_EVENTS = "over 50,000 events a second"


def measure(options: Options) -> list[Row]:
    """Fill a database, verify its audit trail, and ask for pages; one row for each page."""
    with TemporaryDirectory(prefix="alongside-bench-") as folder:
        environment = os.environ | {
            "ALONGSIDE_DATA_FOLDER": folder,
            "DJANGO_SETTINGS_MODULE": "alongside.casework.settings.demonstration",
            "PYTHONPATH": str(ROOT),
        }
        try:
            return _in(environment, options)
        finally:
            subprocess.run(_python("-c", _STOP), env=environment, check=True)


_START = (
    "import django; django.setup(); from django.conf import settings; "
    "from alongside.casework.kernel import cluster; cluster.start(settings.DATA_FOLDER)"
)
_STOP = _START.replace("cluster.start", "cluster.stop")
_FILL = """
import django; django.setup()
from django.db import connection, transaction
from benchmarks.casework_rows import EVENTS_SQL, people_sql
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute(people_sql(PEOPLE, STAFF))
for _ in range(EVENTS // 1000):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EVENTS_SQL)
with connection.cursor() as cursor:
    cursor.execute("analyze")
"""


def _in(environment: dict[str, str], options: Options) -> list[Row]:
    owner = environment | {"ALONGSIDE_AS_OWNER": "1"}
    people = options.people[0] if options.people else PEOPLE
    events = people * EVENTS_EACH
    options.say(f"casework: making {people:,} people and {events:,} audit events")
    subprocess.run(_python("-c", _START), env=environment, check=True)
    for step in (["migrate", "-v0"], ["grant_application", "-v0"], ["collectstatic", "--no-input", "-v0"]):
        subprocess.run(_python("-m", "django", *step), env=owner, check=True)
    subprocess.run(_python("-m", "tools.universe"), env=environment, check=True, stdout=subprocess.DEVNULL)
    sizes = f"PEOPLE, STAFF, EVENTS = {people}, {STAFF}, {events}\n"
    subprocess.run(_python("-c", sizes + _FILL), env=owner, check=True)
    begun = time.perf_counter()
    said = subprocess.run(
        _python("-m", "django", "verify_audit"), env=environment, check=True, capture_output=True, text=True
    )
    verified = time.perf_counter() - begun
    events = int(said.stdout.split()[0].replace(",", ""))
    options.say("casework: asking for pages")
    empty = environment | {"DJANGO_SETTINGS_MODULE": "benchmarks.empty_page"}
    with _served(environment, PORT), _served(empty, EMPTY_PORT):
        session = _signed_in()
        nobodys = _times(EMPTY_PORT, "/", None)
        members = _times(EMPTY_PORT, "/members/", session)
        pages = [
            _row(page, _times(PORT, address, session, words), nobodys, members)
            for page, address, words in _pages(session)
        ]
    verify: Row = {
        "page": "verify-audit",
        "events": events,
        "events a second": events / verified,
        "wanted": WANTED_EVENTS,
    }
    empties = [_row(EMPTY, nobodys), _row(f"{EMPTY}, for a member", members)]
    return [*empties, *pages, verify]


def _row(
    page: str, times: list[float], nobodys: list[float] | None = None, members: list[float] | None = None
) -> Row:
    row: Row = {"page": page, "p50, ms": statistics.median(times) * 1000, "p95, ms": _p95(times) * 1000}
    if nobodys and members:
        row |= {
            f"p95, times {EMPTY}'s": _p95(times) / _p95(nobodys),
            f"p95, times {EMPTY}'s for a member": _p95(times) / _p95(members),
            "wanted": WANTED,
        }
    return row


def _pages(session: tuple[str, str]) -> list[tuple[str, str, str | None]]:
    """The pages that are asked for: what each is, its address, and the words that are sent to it."""
    item = _first_link(session, "/lists/", r"/lists/item/[0-9a-f-]{36}/")
    team = _first_link(session, "/lists/", r"/lists/team/[0-9a-f-]{36}/")
    return [
        ("today", "/", None),
        ("my list", "/lists/", None),
        ("a team's list", team, None),
        ("an item", item, None),
        ("search", "/people/", urlencode({"words": "ada12 birch14"})),
        ("a person", _person(session), None),
        ("colleagues", "/members/", None),
        ("directory", "/directory/", None),
    ]


def _first_link(session: tuple[str, str], page: str, wanted: str) -> str:
    found = re.search(f'href="({wanted})"', _ask(PORT, "GET", page, session[0])[2])
    if found is None:
        raise RuntimeError(f"{page} has no link like {wanted}")
    return found[1]


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


@contextmanager
def _served(environment: dict[str, str], port: int) -> Iterator[None]:
    from alongside.cli.serve import gunicorn_command

    server = subprocess.Popen(gunicorn_command(port), env=environment)
    try:
        for _ in range(100):
            try:
                _ask(port, "GET", "/sign-in/")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def _ask(
    port: int, method: str, address: str, cookies: str = "", body: str | None = None
) -> tuple[int, dict[str, list[str]], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookies, "Host": f"localhost:{port}"}
    if body is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, address, body, headers)
    answer = connection.getresponse()
    found: dict[str, list[str]] = {}
    for name, value in answer.getheaders():
        found.setdefault(name.lower(), []).append(value)
    return answer.status, found, answer.read().decode()


def _cookies(headers: dict[str, list[str]]) -> dict[str, str]:
    pairs = (each.split(";")[0].partition("=") for each in headers.get("set-cookie", []))
    return {name: value for name, _, value in pairs}


def _signed_in() -> tuple[str, str]:
    """Sign in as the demonstration's social worker; cookies, and the token that forms send."""
    _, headers, page = _ask(PORT, "GET", "/sign-in/")
    cookies = _cookies(headers)
    before = page[: page.index("Asha Patel")]
    member = re.findall(r'value="([^"]*)"', before[before.rindex("<button") :])[0]
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', before)[-1]
    body = urlencode({"member": member, "next": "/", "csrfmiddlewaretoken": token})
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    _, headers, _ = _ask(PORT, "POST", "/sign-in/demonstration/", said, body)
    cookies |= _cookies(headers)
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    _, _, page = _ask(PORT, "GET", "/people/", said)
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if "Find a person" not in page:
        raise RuntimeError("the demonstration's sign-in did not work")
    return said, tokens[-1]


def _person(session: tuple[str, str]) -> str:
    cookies, token = session
    body = urlencode({"words": "Beatrice Murchu", "csrfmiddlewaretoken": token})
    _, _, page = _ask(PORT, "POST", "/people/", cookies, body)
    found = re.search(r'href="(/people/[0-9a-f-]{36}/)"', page)
    if found is None:
        raise RuntimeError("nobody was found")
    return found[1]


def _times(port: int, address: str, session: tuple[str, str] | None, words: str | None = None) -> list[float]:
    """How long each of sixteen at once waits, in seconds; anything but a page is a failure."""

    def one(_: int) -> list[float]:
        waited = []
        cookies, token = session or ("", "")
        body = f"{words}&csrfmiddlewaretoken={token}" if words else None
        for _ in range(ASKED_EACH):
            begun = time.perf_counter()
            status, _, _ = _ask(port, "POST" if body else "GET", address, cookies, body)
            waited.append(time.perf_counter() - begun)
            if status != 200:
                raise RuntimeError(f"{address} answered {status}")
        return waited

    with ThreadPoolExecutor(USERS) as pool:
        return [each for waited in pool.map(one, range(USERS)) for each in waited]


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]

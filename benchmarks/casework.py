"""Pages of the web product with a partnership's worth of rows, sixteen at once, beside an empty page.

A cluster of its own in a temporary folder: 50,000 people, 500 staff and two million audit events.
"""

import re
import statistics
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.asking import PORT, Session, ask, p95, signed_in_as, waits
from benchmarks.every_page import kind, pages_of_everybody
from benchmarks.measuring import alongside
from benchmarks.options import Options, Row
from benchmarks.partnership import (
    EMPTY_PORT,
    fill_with_the_universe,
    partnership,
    python,
    served,
    served_empty,
)

TITLE = "Pages of the web product"
PEOPLE, STAFF, EVENTS_EACH = 50_000, 500, 40
BOROUGH = 2_000
"""How many people live in the borough whose run is released, so that its pages have something to show."""
RUN = "2026-11-01"
SLOWEST, ASKED_OF_OTHERS = 5, 5
EMPTY = "an empty page"
WANTED = "p95 under 300 ms, within 5 times an empty page's"
WANTED_EVENTS = "over 50,000 events a second"


def measure(options: Options) -> list[Row]:
    """Fill a database, verify its audit trail, and ask for pages; one row for each page."""
    with partnership() as environment:
        return _in(environment, options)


_FILL = """
import django; django.setup()
from django.db import connection, transaction
from benchmarks.casework_rows import EVENTS_SQL, people_sql
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute(people_sql(PEOPLE, STAFF))
for _ in range(EVENTS // 1000):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EVENTS_SQL)
# as a night would leave it: PostgreSQL would tidy up beside the first pages that are asked for
with connection.cursor() as cursor:
    cursor.execute("vacuum analyze")
"""


def _in(environment: dict[str, str], options: Options) -> list[Row]:
    owner = environment | {"ALONGSIDE_AS_OWNER": "1"}
    people = options.people[0] if options.people else PEOPLE
    events = people * EVENTS_EACH
    options.say(f"casework: making {people:,} people and {events:,} audit events")
    _find(Path(environment["ALONGSIDE_RUNS"]))
    fill_with_the_universe(environment, "--run", RUN)
    sizes = f"PEOPLE, STAFF, EVENTS = {people}, {STAFF}, {events}\n"
    subprocess.run(python("-c", sizes + _FILL), env=owner, check=True)
    begun = time.perf_counter()
    said = subprocess.run(
        python("-m", "django", "verify_audit"), env=environment, check=True, capture_output=True, text=True
    )
    verified = time.perf_counter() - begun
    events = int(re.findall(r"([\d,]+) events", said.stdout)[0].replace(",", ""))
    options.say("casework: asking for pages")
    with served(environment, PORT), served_empty(environment):
        session = signed_in_as("Asha Patel")
        nobodys = waits(EMPTY_PORT, "/", None)
        members = waits(EMPTY_PORT, "/members/", session)
        named = _pages(session)
        pages = [_row(page, waits(PORT, address, session), nobodys, members) for page, address in named]
        options.say("casework: asking for every other page that anybody is led to")
        others = _others({kind(address) for _, address in named}, nobodys, members)
    verify: Row = {
        "page": "verify-audit",
        "events": events,
        "events a second": events / verified,
        "wanted": WANTED_EVENTS,
    }
    empties = [_row(EMPTY, nobodys), _row(f"{EMPTY}, for a member", members)]
    return [*empties, *pages, *others, verify]


def _find(runs: Path) -> None:
    """Make a run of a small borough, to be released."""
    with TemporaryDirectory(prefix="alongside-bench-") as work:
        borough = Path(work) / "borough"
        alongside("synth", "--people", str(BOROUGH), "--seed", "1", "--out", borough)
        alongside("find", borough / "area", borough / "extracts", "--as-at", RUN, "--out", runs / RUN)


def _others(measured: set[str], nobodys: list[float], members: list[float]) -> list[Row]:
    """The slowest of the pages not measured yet, and how many there are."""
    rows = [
        _row(page, waits(PORT, address, session, each=ASKED_OF_OTHERS), nobodys, members)
        for page, (address, session) in pages_of_everybody().items()
        if page not in measured
    ]
    rows.sort(key=lambda row: row["p95, ms"], reverse=True)
    counted: Row = {
        "page": "every other page",
        "p50, ms": statistics.median(row["p50, ms"] for row in rows),
        "p95, ms": statistics.median(row["p95, ms"] for row in rows),
        "pages": len(rows),
        "pages with p95 over 300 ms": sum(row["p95, ms"] > 300 for row in rows),
    }
    return [*rows[:SLOWEST], counted]


def _row(
    page: str, times: list[float], nobodys: list[float] | None = None, members: list[float] | None = None
) -> Row:
    row: Row = {"page": page, "p50, ms": statistics.median(times) * 1000, "p95, ms": p95(times) * 1000}
    if nobodys and members:
        row |= {
            f"p95, times {EMPTY}'s": p95(times) / p95(nobodys),
            f"p95, times {EMPTY}'s for a member": p95(times) / p95(members),
            "wanted": WANTED,
        }
    return row


def _pages(session: Session) -> list[tuple[str, str]]:
    """The pages that are asked for: what each is, and its address."""
    item = _first_link(session, "/lists/", r"/lists/item/[0-9a-f-]{36}/")
    team = _first_link(session, "/lists/", r"/lists/team/[0-9a-f-]{36}/")
    return [
        ("today", "/"),
        ("my list", "/lists/"),
        ("a team's list", team),
        ("an item", item),
        ("search", _search(session, "ada12 birch14")),
        ("a person", _first_link(session, _search(session, "Beatrice Murchu"), r"/people/[0-9a-f-]{36}/")),
        ("colleagues", "/members/"),
        ("directory", "/directory/"),
    ]


def _first_link(session: Session, page: str, wanted: str) -> str:
    found = re.search(f'href="({wanted})"', ask(PORT, "GET", page, session.cookies)[2])
    if found is None:
        raise RuntimeError(f"{page} has no link like {wanted}")
    return found[1]


def _search(session: Session, words: str) -> str:
    """The address that shows what is found for these words."""
    body = urlencode({"words": words, "csrfmiddlewaretoken": session.token})
    _, headers, _ = ask(PORT, "POST", "/people/", session.cookies, body)
    return headers["location"][0]

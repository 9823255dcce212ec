"""Pages of a case that has been open for years: 40 meetings, 400 actions, 5,000 entries about the person."""

import json
import statistics
import subprocess

from benchmarks.asking import PORT, p95, signed_in_as, waits
from benchmarks.long_case_once import WHO
from benchmarks.options import Options, Row
from benchmarks.partnership import EMPTY_PORT, partnership, python, served, served_empty

TITLE = "A case that has gone on for years"
WANTED = "p95 under 300 ms, under 15 queries"


def measure(options: Options) -> list[Row]:
    """Make the case, and ask for its pages sixteen at once; one row for each page."""
    with partnership() as environment:
        options.say("long_case: making it")
        made = subprocess.run(
            python("-m", "benchmarks.long_case_once"), env=environment, check=True, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        pages: dict[str, tuple[str, int]] = json.loads(made.stdout.splitlines()[-1])
        options.say("long_case: asking for its pages")
        with served(environment, PORT), served_empty(environment):
            session = signed_in_as(WHO)
            empty = waits(EMPTY_PORT, "/members/", session)
            rows = [
                _row(page, waits(PORT, address, session), queries)
                for page, (address, queries) in pages.items()
            ]
    return [_row("an empty page, for a member", empty), *rows]


def _row(page: str, times: list[float], queries: int | None = None) -> Row:
    row: Row = {"page": page, "p50, ms": statistics.median(times) * 1000, "p95, ms": p95(times) * 1000}
    return row if queries is None else row | {"queries": queries, "wanted": WANTED}

"""``python -m benchmarks [SUITE ...]``: measure, print a table, keep it in ``benchmarks/results``.

A suite is a module of this package with a ``TITLE`` and a function ``measure(options)`` that returns rows
(``benchmarks.options``); ``SUITES`` names them.
"""

import argparse
import importlib
import sys

from benchmarks.measuring import CommandFailedError
from benchmarks.options import Options, Suite
from benchmarks.results import as_markdown, keep, write_readme

SUITES = ("accuracy", "borough", "linkage_speed", "casework", "long_case", "release_speed", "drift_speed")


def main() -> int:
    """Measure what was asked for; ends 1 if anything asked for failed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure what Alongside reaches."
    )
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help=f"any of {', '.join(SUITES)}; all unless named"
    )
    parser.add_argument("--large", action="store_true", help="a million people too (most of an hour)")
    parser.add_argument(
        "--people", type=int, action="append", default=[], help="this size of borough instead"
    )
    parser.add_argument(
        "--readme", action="store_true", help="put the kept results into benchmarks/README.md"
    )
    asked = parser.parse_args()
    if unknown := [suite for suite in asked.suites if suite not in SUITES]:
        parser.error(f"there is no suite {', '.join(unknown)}; there are {', '.join(SUITES)}")
    options = Options(large=asked.large, people=tuple(asked.people), say=_say)
    failed = [suite for suite in asked.suites or SUITES if not _measure(suite, options)]
    if asked.readme:
        _say(f"benchmarks/README.md: {', '.join(write_readme()) or 'nothing to write'}")
    return 1 if failed else 0


def _measure(name: str, options: Options) -> bool:
    suite: Suite = importlib.import_module(f"benchmarks.{name}")
    try:
        rows = suite.measure(options)
    except CommandFailedError as failure:
        _say(f"{name}: {failure}")
        return False
    if rows:
        print(f"\n{suite.TITLE}\n\n{as_markdown(rows)}\n")
        _say(f"kept in benchmarks/results/{keep(name, suite.TITLE, rows).name}")
    return True


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main())

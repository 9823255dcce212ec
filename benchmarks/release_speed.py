"""How long a release takes: people of a made-up run come into the database, each to one of two agencies.

It uses a separate PostgreSQL in a temporary folder. The run is made up; the code that reads and
releases it is real.
"""

import json
import sys

from benchmarks.clusters import own_cluster
from benchmarks.measuring import ROOT, run
from benchmarks.options import Options, Row

TITLE = "Release of a cohort"
PEOPLE = 20_000
WANTED = "under 30 s for 20,000 people"


def measure(options: Options) -> list[Row]:
    """Release a made-up cohort of each size asked for; one row for each."""
    return [_released(people, options) for people in options.people or (PEOPLE,)]


def _released(people: int, options: Options) -> Row:
    options.say(f"release_speed: a run of {people:,} people")
    with own_cluster() as settings:
        given = [f"{name}={value}" for name, value in settings.items()]
        done = run(
            "env", "-C", str(ROOT), *given, sys.executable, "-m", "benchmarks.release_once", str(people)
        )
    told = json.loads(done.printed)
    return {
        "people released": told["people"],
        "open the run (s)": told["open"],
        "release (s)": told["release"],
        "people a second": round(told["people"] / told["release"]),
        "peak memory (MiB)": round(done.peak_mib),
        "wanted": WANTED,
    }

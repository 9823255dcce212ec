"""How long a release takes: people of a made-up run come into the database, each to one of two agencies.

A PostgreSQL of its own in a temporary folder; the run is made up, the code that reads and releases it is not.
"""

import json
import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from benchmarks.measuring import ROOT, run
from benchmarks.options import Options, Row

TITLE = "Release of a cohort"
PEOPLE = 20_000
WANTED = "under 30 s for 20,000 people"
_CLUSTER = (
    "import django; django.setup(); from django.conf import settings; "
    "from alongside.casework.kernel import cluster; cluster.{}(settings.DATA_FOLDER)"
)


def measure(options: Options) -> list[Row]:
    """Release a made-up cohort of each size asked for; one row for each."""
    return [_released(people, options) for people in options.people or (PEOPLE,)]


def _released(people: int, options: Options) -> Row:
    with TemporaryDirectory(prefix="alongside-bench-") as folder:
        settings = {
            "ALONGSIDE_DATA_FOLDER": folder,
            "ALONGSIDE_RUNS": f"{folder}/runs",
            "ALONGSIDE_AS_OWNER": "1",  # row-level security is forced, and so holds for the owner too
            "DJANGO_SETTINGS_MODULE": "alongside.casework.settings.demonstration",
        }
        options.say(f"release_speed: a run of {people:,} people")
        environment = os.environ | settings
        subprocess.run([sys.executable, "-c", _CLUSTER.format("start")], env=environment, check=True)
        try:
            subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
            given = [f"{name}={value}" for name, value in settings.items()]
            done = run(
                "env", "-C", str(ROOT), *given, sys.executable, "-m", "benchmarks.release_once", str(people)
            )
        finally:
            subprocess.run([sys.executable, "-c", _CLUSTER.format("stop")], env=environment, check=True)
    told = json.loads(done.printed)
    return {
        "people released": told["people"],
        "open the run (s)": told["open"],
        "release (s)": told["release"],
        "people a second": round(told["people"] / told["release"]),
        "peak memory (MiB)": round(done.peak_mib),
        "wanted": WANTED,
    }

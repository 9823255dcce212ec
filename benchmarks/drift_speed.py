"""How long the nightly look for drift takes over many cases: a night when all is new, and the next."""

import json
import sys

from benchmarks.clusters import own_cluster
from benchmarks.measuring import ROOT, run
from benchmarks.options import Options, Row

TITLE = "The nightly look for drift"
CASES = 20_000
WANTED = "under 60 s for 20,000 cases"


def measure(options: Options) -> list[Row]:
    """Look for drift over as many cases as were asked for; one row for each."""
    return [_looked(cases, options) for cases in options.people or (CASES,)]


def _looked(cases: int, options: Options) -> Row:
    options.say(f"drift_speed: {cases:,} open cases")
    with own_cluster() as settings:
        given = [f"{name}={value}" for name, value in settings.items()]
        done = run("env", "-C", str(ROOT), *given, sys.executable, "-m", "benchmarks.drift_once", str(cases))
    told = json.loads(done.printed)
    return {
        "open cases": told["cases"],
        "things that drift": told["drift"],
        "a first night (s)": told["first"],
        "the next night (s)": told["next"],
        "peak memory (MiB)": round(done.peak_mib),
        "wanted": WANTED,
    }

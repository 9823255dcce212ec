"""How long `alongside find` takes and how much memory, stage by stage, on fictional boroughs of growing size.

Each command runs in a process of its own, so its peak memory is its own. Needs Linux (`wait4` counts in KiB).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ALONGSIDE = Path(sys.executable).with_name("alongside")
AFTER_LINKAGE_BEGINS = "Gathering people and households"


@dataclass(frozen=True)
class Measured:
    seconds: float
    peak_gib: float


def measure(*arguments: str) -> Measured:
    """Run one command to its end, quietly; what it says is shown when it fails."""
    begun = perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([str(ALONGSIDE), *arguments], stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"alongside {' '.join(arguments)} ended {process.returncode}:\n{said.read()}")
    return Measured(perf_counter() - begun, usage.ru_maxrss / 1024**2)


def after_linkage(stages: dict[str, float]) -> float:
    """Return the share of the run that comes after the records are linked (it should be at most a half)."""
    names = list(stages)
    return sum(stages[name] for name in names[names.index(AFTER_LINKAGE_BEGINS) :]) / sum(stages.values())


def main(options: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[50_000, 200_000, 1_000_000])
    sizes = parser.parse_args(options).people
    stages: dict[int, dict[str, float]] = {}
    print("| people | extracts | synth | find | peak memory of find | after linkage |")
    print("|---:|---:|---:|---:|---:|---:|", flush=True)
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
            borough, run = Path(folder) / "borough", Path(folder) / "run"
            made = measure("synth", "--people", str(size), "--seed", "1", "--out", str(borough))
            found = measure(
                "find",
                str(borough / "area"),
                str(borough / "extracts"),
                "--as-at",
                "2026-11-01",
                "--out",
                str(run),
            )
            stages[size] = json.loads((run / "timings.json").read_text())["seconds"]
            mib = sum(file.stat().st_size for file in (borough / "extracts").iterdir()) / 1024**2
        print(
            f"| {size:,} | {mib:.0f} MiB | {made.seconds:.1f} s | {found.seconds:.1f} s "
            f"| {found.peak_gib:.1f} GiB | {after_linkage(stages[size]):.0%} |",
            flush=True,
        )
    print()
    print("| stage | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    print("|---|" + "---:|" * len(sizes))
    for stage in stages[sizes[0]]:
        print(f"| {stage} | " + " | ".join(f"{stages[size].get(stage, 0.0):.1f} s" for size in sizes) + " |")

"""The main job: a borough in fourteen extracts, from files to a list, by stage; and how accurate that is."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import CommandFailedError, alongside
from benchmarks.options import Options, Row

TITLE = "A whole borough"
SIZES = (50_000, 200_000)
LARGE = 1_000_000


def measure(options: Options) -> list[Row]:
    """Make, find and evaluate a borough of each size asked for; one row each."""
    sizes = options.people or ((*SIZES, LARGE) if options.large else SIZES)
    rows = []
    for people in sizes:
        options.say(f"borough: {people:,} people")
        with TemporaryDirectory(prefix="alongside-bench-") as work:
            try:
                rows.append(_one(people, Path(work)))
            except (
                CommandFailedError
            ) as failure:  # the figures for the other sizes are not lost because of it
                options.say(f"borough of {people:,}: {failure}")
                rows.append({"people": people, "failed": str(failure)})
    return rows


def _one(people: int, work: Path) -> Row:
    borough, run = work / "borough", work / "run"
    made = alongside("synth", "--people", str(people), "--seed", "1", "--out", borough)
    found = alongside(
        "find", borough / "area", borough / "extracts", "--as-at", "2026-11-01", "--out", run, "--json"
    )
    stages: dict[str, float] = json.loads((run / "timings.json").read_text(encoding="utf-8"))["seconds"]
    evaluation = alongside("evaluate", run, "--truth", borough / "truth", "--json")
    linkage = evaluation.answer["linkage"]
    behind = [
        each["recall_points_below_rest"] or 0.0
        for groups in linkage["by_group"].values()
        for each in groups.values()
    ]
    clusters = linkage["clusters"]
    return {
        "people": people,
        "records": linkage["records"]["evaluated"] + linkage["records"]["without_person"],
        "make, seconds": made.seconds,
        "find, seconds": found.seconds,
        "find, peak MiB": found.peak_mib,
        **{f"{stage}, seconds": seconds for stage, seconds in stages.items()},
        "evaluate, seconds": evaluation.seconds,
        "evaluate, peak MiB": evaluation.peak_mib,
        "precision": linkage["pairwise"]["precision"],
        "recall": linkage["pairwise"]["recall"],
        "F1": linkage["pairwise"]["f1"],
        "worst group, points of recall below the rest": max(behind, default=None),
        "people of one true person": clusters["joined_precision"],
        "false merges within a household": clusters["within_household"],
        "false merges across households": clusters["across_households"],
        "right of pairs called 0.95": (linkage["linked_band"] or {}).get("share_same"),
    }

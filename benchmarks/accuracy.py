"""Accuracy of linkage, with an untouched ``linkage.yaml``, on public data sets that we did not make.

The data are not in the repository; where they are not found, that is said and nothing is measured.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import ROOT, alongside, data_folder
from benchmarks.options import Options, Row

TITLE = "Accuracy on data we did not make"
WANTED = {"historical_50k": "F1 0.86, precision 0.95", "febrl4": "F1 0.9995"}


def measure(options: Options) -> list[Row]:
    """Find and evaluate each data set there is; one row each."""
    data = data_folder()
    if data is None:
        options.say("accuracy: not measured; name the folder of the data sets in ALONGSIDE_DATA")
        return []
    rows = []
    for name, wanted in WANTED.items():
        extracts = data / "linkage" / name
        if not extracts.is_dir():
            options.say(f"accuracy: {name} is not there, so it was not measured")
            continue
        with TemporaryDirectory(prefix="alongside-bench-") as work:
            rows.append(
                {
                    "data": name,
                    **_one(ROOT / "benchmarks" / "packs" / name, extracts, Path(work)),
                    "wanted": wanted,
                }
            )
    return rows


def _one(area: Path, extracts: Path, work: Path) -> Row:
    run = work / "run"
    found = alongside("find", area, extracts, "--as-at", "2026-11-01", "--out", run, "--json")
    linkage = alongside("evaluate", run, "--truth", extracts / "truth.csv", "--json").answer["linkage"]
    return {
        "precision": linkage["pairwise"]["precision"],
        "recall": linkage["pairwise"]["recall"],
        "F1": linkage["pairwise"]["f1"],
        "B-cubed F1": linkage["bcubed"]["f1"],
        "people of one true person": linkage["clusters"]["joined_precision"],
        "right of pairs called 0.95": (linkage["linked_band"] or {}).get("share_same"),
        "seconds": found.seconds,
        "peak MiB": found.peak_mib,
    }

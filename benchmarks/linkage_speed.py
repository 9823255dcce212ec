"""Linkage speed: a million records into people, and a day's new records, beside plain Splink in the same run.

Each linkage runs in its own process (``link_once``); ours and Splink's take turns, so that a busy machine
slows both. Where the rules are the same, both look at the same pairs of records, but ours compares records
that say the same only once; so there is also a row where ours has enough rules to compare as many pairs.
"""

import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from benchmarks.link_once import Job
from benchmarks.measuring import run
from benchmarks.options import Options, Row
from benchmarks.person_records import write_records

TITLE = "Linkage speed"
RECORDS = 1_000_000
FRESH = 5_000
REPEATS = 2
WANTED = "ratio 0.667, no more memory"
WANTED_FRESH = "3 seconds, every merge and split told"

Rules = list[list[str]]
YEAR = "substr(dob, 1, 4)"
TIGHT: Rules = [["surname", "dob"], ["forename", "dob"], ["nhs_number"], ["forename", "surname", "postcode"]]
LOOSE: Rules = [
    *TIGHT, ["forename", "surname", YEAR], ["postcode", "forename"], ["postcode", "surname"], ["phone"],
    ["postcode", YEAR],
]  # fmt: skip
AS_MANY: Rules = [
    *TIGHT, ["postcode", "surname"], ["postcode", "forename"], ["phone"], ["forename", "surname", YEAR],
]  # fmt: skip
"""With these, ours compares about as many pairs as Splink does with ``TIGHT``."""


def measure(options: Options) -> list[Row]:
    """Link a million records in each way, then a day's new ones; one row each."""
    with TemporaryDirectory(prefix="alongside-bench-") as folder:
        work = Path(folder)
        records, known, fresh = (work / f"{name}.parquet" for name in ("records", "known", "fresh"))
        options.say(f"linkage_speed: making {RECORDS:,} records")
        write_records(RECORDS, records)
        last = f"r{RECORDS - FRESH:07d}"
        for part, which in ((known, "<"), (fresh, ">=")):
            duckdb.execute(
                f"copy (from '{records}' where record_id {which} '{last}') to '{part}' (format parquet)"
            )
        rows = []
        for title, splinks, ours in (
            ("the same tight rules", TIGHT, TIGHT),
            ("as many pairs compared", TIGHT, AS_MANY),
            ("the same loose rules", LOOSE, LOOSE),
            ("our own rules", None, None),
        ):
            options.say(f"linkage_speed: {title}")
            rows.append(_whole(title, records, splinks, ours, work))
        options.say(f"linkage_speed: {FRESH:,} new records")
        rows.append(_day(records, known, fresh, work))
        return rows


def _whole(title: str, records: Path, splinks: Rules | None, ours: Rules | None, work: Path) -> Row:
    people = work / "people.parquet"
    row: Row = {"linked": title, "records": RECORDS}
    measured: dict[str, list[dict[str, Any]]] = {"ours": [], "splink": []}
    for _ in range(REPEATS):
        for how, rules in (("splink", splinks), ("ours", ours)):
            if how == "splink" and rules is None:
                continue
            with TemporaryDirectory(dir=work) as earlier:
                job = {
                    "records": str(records),
                    "rules": rules or [],
                    "people": str(people),
                    "earlier": earlier,
                }
                measured[how].append(_once(how, job) | _accuracy(records, people))
    for how, runs in measured.items():
        row |= _middles(how, runs)
    if splinks is not None:
        row["seconds, ours / splink"] = row["ours, seconds"] / row["splink, seconds"]
        row["CPU seconds, ours / splink"] = row["ours, CPU seconds"] / row["splink, CPU seconds"]
        row["wanted"] = WANTED
    return row


def _day(records: Path, known: Path, fresh: Path, work: Path) -> Row:
    """A day's new records against all the known ones, which were linked before."""
    people = work / "people.parquet"
    row: Row = {"linked": f"{FRESH:,} new records", "records": RECORDS, "wanted": WANTED_FRESH}
    for how, first, again in (
        ("splink", {"records": str(known), "rules": TIGHT}, {"records": str(known), "fresh": str(fresh)}),
        ("ours", {"records": str(known), "rules": []}, {"records": str(records)}),
    ):
        with TemporaryDirectory(dir=work) as earlier:
            common = {"rules": [], "people": str(people), "earlier": earlier}
            _once(how, common | first)
            runs = [_once(how, common | again) for _ in range(REPEATS)]
        row |= _middles(how, runs)
        if how == "ours":
            row |= {f"ours, told as {event}": count for event, count in runs[0]["events"].items()}
            row |= {f"ours, {name}": value for name, value in _accuracy(records, people).items()}
    return row


def _once(how: str, job: Job) -> dict[str, Any]:
    """One linkage, in its own process."""
    measured = run(sys.executable, "-m", "benchmarks.link_once", how, json.dumps(job))
    return measured.answer | {"peak MiB": measured.peak_mib}


def _middles(how: str, runs: Sequence[dict[str, Any]]) -> Row:
    """The median of every figure over the repeats."""
    figures = [name for name, value in runs[0].items() if not isinstance(value, dict)] if runs else []
    return {f"{how}, {name}": statistics.median_low([each[name] for each in runs]) for name in figures}


def _accuracy(records: Path, people: Path) -> dict[str, float]:
    """Pairwise precision, recall and F1 of all records in groups, by the truth they were made with."""
    pairs = "select sum(n * (n - 1) / 2) from (select count(*) as n from joined"
    both, joined, meant = duckdb.execute(
        f"""with joined as (select p.person as found, r.person as who
          from '{people}' p join '{records}' r using (record_id) where p.person is not null)
        select ({pairs} group by found, who)), ({pairs} group by found)), ({pairs} group by who))"""
    ).fetchone() or (0, 0, 0)
    precision, recall = both / joined, both / meant
    return {"precision": precision, "recall": recall, "F1": 2 * precision * recall / (precision + recall)}

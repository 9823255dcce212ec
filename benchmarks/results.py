"""Results kept as JSON, and shown as a table on the terminal and in ``benchmarks/README.md``."""

import json
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.options import Row

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
README = HERE / "README.md"


def keep(suite: str, title: str, rows: Sequence[Row]) -> Path:
    """Write the rows of a suite, and what they were measured on, into ``benchmarks/results``."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{suite}.json"
    content = {"suite": suite, "title": title, "measured_on": _machine(), "rows": list(rows)}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def as_markdown(rows: Sequence[Row]) -> str:
    """Write rows as a table, a column for each thing measured: there are more figures than things."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    heading, *others = names
    lines = [
        f"| {heading} | {' | '.join(in_words(row.get(heading)) for row in rows)} |",
        f"|---|{'---:|' * len(rows)}",
    ]
    lines += [f"| {name} | {' | '.join(in_words(row.get(name)) for row in rows)} |" for name in others]
    return "\n".join(lines)


def in_words(value: Any) -> str:
    """Write a figure for a reader: whole numbers with commas, shares to four places, the rest to one."""
    match value:
        case None:
            return "not measured"
        case bool() | str():
            return str(value)
        case int():
            return f"{value:,}"
        case float() if 0 <= value <= 1:
            return f"{value:.4f}"
        case _:
            return f"{value:,.1f}"


def write_readme() -> list[str]:
    """Put every kept result between its marks in the README; returns the suites written."""
    text = README.read_text(encoding="utf-8")
    written = []
    for path in sorted(RESULTS.glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        begin, end = f"<!-- {kept['suite']}: begin -->", f"<!-- {kept['suite']}: end -->"
        if begin not in text or end not in text or not kept["rows"]:
            continue
        before, rest = text.split(begin, 1)
        after = rest.split(end, 1)[1]
        section = f"{as_markdown(kept['rows'])}\n\nMeasured on {kept['measured_on']}."
        text = f"{before}{begin}\n{section}\n{end}{after}"
        written.append(kept["suite"])
    README.write_text(text, encoding="utf-8")
    return written


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    engines = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "splink"))
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {engines}"

"""``alongside evaluate``: how good a finished run is, against truth."""

from pathlib import Path
from typing import Annotated

import typer

from alongside.cli.application import app
from alongside.cli.console import print_json, print_lines, print_table, progress
from alongside.insight.progress import Silent


@app.command(epilog="Example: alongside evaluate runs/2026-11-01 --truth borough/truth")
def evaluate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A folder that `alongside find` wrote.")],
    truth: Annotated[
        Path,
        typer.Option(
            metavar="FOLDER",
            help="A folder holding truth.csv (source, record_id, person) and, where known, people.csv, "
            "households.csv and harm.csv; or one CSV file.",
        ),
    ],
    previous: Annotated[
        Path | None, typer.Option(metavar="RUN", help="An earlier run, to say which people changed since.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Measure a run against truth: accuracy, each list's use, and whether it serves everybody alike."""
    from alongside.insight.evaluation import evaluate as measure
    from alongside.insight.evaluation.words import in_words

    if json:
        print_json(measure(run, truth, previous=previous, progress=Silent()).as_json())
        return
    with progress() as telling:
        found = measure(run, truth, previous=previous, progress=telling)
    words = in_words(found)
    for table in words.tables:
        print_table(table.title, table.headings, table.rows)
    print_lines("", *words.sentences)

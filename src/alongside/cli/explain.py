"""``alongside explain``: why somebody is on a list, and why these records are one person."""

from pathlib import Path
from typing import Annotated

import typer

from alongside.cli.application import app
from alongside.cli.console import print_lines, print_table
from alongside.errors import AskedWronglyError


@app.command(epilog="Example: alongside explain runs/2026-11-01 9f2c51d07a3e --svg why.svg")
def explain(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A folder that `alongside find` wrote.")],
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="A person_id, as in cohort.csv or links.parquet.")
    ],
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Also draw it, in this file.")] = None,
) -> None:
    """Say why a person is on a list or is not, and why these records are one person's."""
    from alongside.insight.explain import draw
    from alongside.insight.explain import explain as why
    from alongside.insight.explain.words import link_tables, sentences

    found = why(run, person)
    print_lines(*sentences(found))
    for table in link_tables(found):
        print_table(table.title, table.headings, table.rows)
        print_lines(table.note)
    if svg is not None:
        try:
            svg.write_text(draw(found), encoding="utf-8")
        except OSError as error:
            raise AskedWronglyError(f"{svg} cannot be written: {error.strerror}.") from error
        print_lines("", f"Drawn in {svg}.")

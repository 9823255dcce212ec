"""``alongside synth``: make a fictional borough to try everything on."""

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from alongside.cli import console
from alongside.cli.application import app


@app.command(epilog="Example: alongside synth --people 200000 --seed 1 --out borough/")
def synth(
    out: Annotated[
        Path,
        typer.Option(metavar="FOLDER", help="A new folder for the area pack, the extracts and the truth."),
    ],
    people: Annotated[int, typer.Option(metavar="NUMBER", help="How many people live there.")] = 200_000,
    seed: Annotated[
        int, typer.Option(metavar="NUMBER", help="The same seed makes the same borough, byte for byte.")
    ] = 1,
) -> None:
    """Make a fictional borough: people, their lives, fourteen messy extracts, and the truth to measure by.

    Nobody in it exists.
    """
    from alongside.insight.synthetic import make_borough

    begun = perf_counter()
    with console.progress() as progress:
        made = make_borough(out, people=people, seed=seed, progress=progress)
    typer.echo(
        f"{made.folder}: {made.people:,} people in {made.households:,} households, {made.rows:,} records in "
        f"{len(made.records)} extracts, {made.in_need:,} in need, in {perf_counter() - begun:.0f} s."
    )

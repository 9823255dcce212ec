"""Arguments and options that several commands share, each defined once."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

AreaFolder = Annotated[
    Path, typer.Argument(metavar="AREA", help="Folder of the area pack.", exists=True, file_okay=False)
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on standard output and nothing else.")
]
FIRST_YEAR = 1900
"""Of a day that a run is made for, or extracts are judged by: an earlier year is a slip."""


def day(given: datetime | None) -> datetime | None:
    """Return the day that an option names; use it as the option's callback.

    Raises:
        BadParameter: its year is before any that can be meant.
    """
    if given and given.year < FIRST_YEAR:
        raise typer.BadParameter(f"the year must be {FIRST_YEAR} or later, as in 2026-11-01")
    return given

"""Arguments and options that several commands share, each defined once."""

from pathlib import Path
from typing import Annotated

import typer

AreaFolder = Annotated[
    Path, typer.Argument(metavar="AREA", help="Folder of the area pack.", exists=True, file_okay=False)
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on standard output and nothing else.")
]

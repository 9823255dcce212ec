"""``alongside assurance``: the papers an information governance lead starts from, made from an area pack."""

from pathlib import Path
from typing import Annotated

import typer

from alongside.cli.application import app
from alongside.cli.console import print_lines
from alongside.cli.manage import need_web
from alongside.cli.options import AreaFolder
from alongside.errors import AskedWronglyError

EXAMPLE = "Example: alongside assurance mine/area --out mine/assurance"


@app.command(epilog=EXAMPLE)
def assurance(
    area: AreaFolder,
    out: Annotated[
        Path,
        typer.Option(metavar="FOLDER", help="Where to write; no existing file is overwritten."),
    ],
) -> None:
    """Write a skeleton of each purpose's impact assessment and the record of processing, from the area pack.

    Each page comes as text to edit (.md), and for the browser, the printer or Word (.html).
    """
    need_web()  # roles and what they permit are defined in the web half
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)  # the papers are in English; nothing else of Django is needed
    from alongside.area import load_area
    from alongside.assurance import TO_WRITE, papers, printable

    written = papers(load_area(area))
    pages = {
        name.replace(".md", ".html"): printable(text)
        for name, text in written.items()
        if name.endswith(".md")
    }
    try:
        _write(out, written | pages)
    except OSError as error:
        raise AskedWronglyError(f"{out} cannot be written: {error.strerror}.") from error
    print_lines(*(str(out / name) for name in sorted(written | pages)))
    print_lines("", f"What only you can know is marked {TO_WRITE}.")


def _write(out: Path, texts: dict[str, str]) -> None:
    """Write the papers.

    Raises:
        AskedWronglyError: one of them exists already: somebody may have written in it.
    """
    if there := [name for name in sorted(texts) if (out / name).exists()]:
        raise AskedWronglyError(
            f"{out} already holds {', '.join(there)}, which somebody may have edited; name another folder"
        )
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        # without a byte order mark at its start, a spreadsheet misreads a CSV's encoding
        (out / name).write_text(text, encoding="utf-8-sig" if name.endswith(".csv") else "utf-8")

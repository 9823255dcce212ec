"""alongside find: extracts in, an explained and routed list out."""

import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from alongside.cli import console
from alongside.cli.application import app
from alongside.cli.options import AreaFolder, AsJson, day
from alongside.errors import AskedWronglyError

if TYPE_CHECKING:
    from alongside.insight.run import Found

EXAMPLE = """Example: alongside find borough/area borough/extracts --as-at 2026-11-01 --out runs/2026-11-01
--previous runs/2026-10-01

Try a changed policy: alongside find borough/area borough/extracts --dry-run --previous runs/2026-11-01

Exits 0 when the run was made (a refused extract is named and left out), 1 when the data was refused, 2 when
used incorrectly."""


class Engine(StrEnum):
    """Where the work is done."""

    duckdb = "duckdb"
    spark = "spark"


@app.command(epilog=EXAMPLE)
def find(
    area: AreaFolder,
    extracts: Annotated[
        Path, typer.Argument(metavar="EXTRACTS", help="Folder of the extracts.", exists=True, file_okay=False)
    ],
    as_at: Annotated[
        datetime | None,
        typer.Option(
            help="The day the run is made for, such as 2026-11-01; nothing later counts.",
            formats=["%Y-%m-%d"],
            callback=day,
            metavar="DATE",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="RUN", help="The run folder to make.")] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN",
            help="The previous run: person ids and clerks' decisions are carried over from it.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="A clerk's CSV of pairs that are, or are not, one person; overrides those in --previous.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    objections: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="Who objects, as Alongside writes it before its own runs; read if EXTRACTS has no such "
            "file. No run is made if no source in AREA reads it. [default: objections_alongside.csv in "
            "the drop folder, ALONGSIDE_DROP, if it is there]",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="File with the key for person ids. [default: the file ALONGSIDE_KEY_FILE names, or else "
            ".alongside-key beside the run, made the first time]",
            show_default=False,
        ),
    ] = None,
    keep_identity: Annotated[
        bool, typer.Option("--keep-identity", help="Keep everybody's identity, not only of people on a list.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the run at --out with the new one.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Make no run; try AREA's policies on the facts of --previous and compare."
        ),
    ] = False,
    backend: Annotated[Engine, typer.Option(help="Where the work is done.")] = Engine.duckdb,
    as_json: AsJson = False,
) -> None:
    """Join the extracts into people and say who should be offered a conversation, why, and by whom."""
    if dry_run:
        makes_a_run = {
            "--as-at": as_at,
            "--out": out,
            "--decisions": decisions,
            "--objections": objections,
            "--key": key,
            "--keep-identity": keep_identity,
            "--replace": replace,
            "--backend": backend is not Engine.duckdb,
        }
        if given := [option for option, value in makes_a_run.items() if value]:
            raise AskedWronglyError(
                f"--dry-run makes no run, so {', '.join(given)} would do nothing; leave out one or the other"
            )
        _try_policies(area, previous, as_json=as_json)
        return
    if as_at is None or out is None:
        raise AskedWronglyError("give the day with --as-at and the folder to make with --out")
    from alongside.insight.run import find as make_run

    with console.progress() as progress:
        found = make_run(
            area,
            extracts,
            as_at=as_at.date(),
            out=out,
            previous=previous,
            decisions=decisions,
            objections=objections or _noted_objections(extracts),
            key_file=key,
            keep_identity=keep_identity,
            replace_run=replace,
            backend=backend.value,
            progress=progress,
        )
    if as_json:
        console.print_json(found.to_dict())
    else:
        _show(found)


def _noted_objections(extracts: Path) -> Path | None:
    """Return the file Alongside keeps for its own runs: in the extracts or, failing that, the drop folder."""
    from alongside.casework.kernel.database import data_folder
    from alongside.insight.intake import OBJECTIONS_FILE

    drop = Path(os.environ.get("ALONGSIDE_DROP") or data_folder() / "drop")
    return next((file for each in (extracts, drop) if (file := each / OBJECTIONS_FILE).is_file()), None)


def _show(found: "Found") -> None:
    counts = found.run.manifest.counts
    for code, source in found.intake.sources.items():
        if source.status != "read":
            console.print_lines(f"{code} was not used ({source.status}): {source.why}")
    folder = found.run.folder
    console.print_lines(
        f"{counts['records']:,} records of {counts['people']:,} people.",
        f"{counts['people_on_a_list']:,} people are on a list or in its learning sample.",
        f"{counts['doubtful_pairs']:,} pairs of records are doubtful and wait for a clerk in review.parquet.",
        _objections_applied(found.objections),
        *(f"Note: {doubt}" for doubt in found.doubts),
        f"The list:   {folder / 'cohort.csv'}",
        f"The report: {folder / 'report.html'}",
        f"Why somebody is on it: alongside explain {quote(str(folder))} PERSON_ID",
    )


def _objections_applied(read: int | None) -> str:
    if read is None:
        return "No objections recorded in Alongside were applied: there is no file of them."
    return f"Objections recorded in Alongside that were applied: {read:,}."


def _try_policies(area: Path, previous: Path | None, *, as_json: bool) -> None:
    if previous is None:
        raise AskedWronglyError("--dry-run tries the policies on the facts of a run; name it with --previous")
    from alongside.insight.preview import preview

    with console.progress() as progress:
        compared = preview(area, previous, progress=progress)
    if as_json:
        console.print_json(compared.to_dict())
        return
    if compared.changed_since_run is None:
        console.print_lines(
            "The run does not say how it worked out its facts: AREA may work them out differently now."
        )
    elif compared.changed_since_run:
        console.print_lines(
            "These are as they were in the run, although AREA has changed them since: "
            f"{', '.join(compared.changed_since_run)}. To use the new meaning, make a run."
        )
    for each in compared.comparisons:
        places = list(dict.fromkeys([*each.before, *each.after]))
        console.print_table(
            each.policy,
            ("Tier", "People before", "People after"),
            [(place, f"{each.before.get(place, 0):,}", f"{each.after.get(place, 0):,}") for place in places],
        )
        console.print_lines(
            *(f"{move.people:,} would move from {move.before} to {move.after}." for move in each.moves),
            f"{each.who.num_rows:,} people would move; --json lists them.",
        )

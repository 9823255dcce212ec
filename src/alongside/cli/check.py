"""alongside check: is the area pack good, and can the extracts be used?"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from alongside.cli import console
from alongside.cli.application import app
from alongside.cli.options import AreaFolder, AsJson, day

EXAMPLE = """Example: alongside check borough/area borough/extracts --as-at 2026-11-01

Exits 0 when the extracts can be used, 1 when one was refused or none can be used, 2 when used incorrectly."""


@app.command(epilog=EXAMPLE)
def check(
    area: AreaFolder,
    extracts: Annotated[
        Path | None,
        typer.Argument(
            metavar="EXTRACTS",
            help="Folder of the extracts; leave it out to check only the pack.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    as_at: Annotated[
        datetime | None,
        typer.Option(
            help="The day to judge lateness by, such as 2026-11-01. [default: today]",
            formats=["%Y-%m-%d"],
            callback=day,
            metavar="DATE",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read the area pack and try the extracts against it. Nothing is kept."""
    from alongside.area import describe, load_area, not_used_yet, overdue
    from alongside.insight.intake import read_extracts

    judged_by = as_at.date() if as_at else date.today()  # noqa: DTZ011 (today where the user is)
    with console.progress() as progress:
        pack = load_area(area)
        warnings = [str(problem) for problem in [*pack.warnings, *overdue(pack, judged_by)]]
        answer: dict[str, Any] = {
            "area": describe(pack),
            "warnings": warnings,
            "not_used_yet": not_used_yet(pack),
        }
        if extracts:
            with TemporaryDirectory(prefix="alongside-check-") as folder:
                intake = read_extracts(
                    pack, extracts, as_at=judged_by, work_dir=Path(folder), progress=progress
                )
                answer |= intake.to_dict()
    became = _by_status(answer.get("sources", {}))
    usable = not became["refused"] and (extracts is None or bool(became["read"]))
    answer |= {"usable": usable, "refused": became["refused"]}
    if as_json:
        console.print_json(answer)
    else:
        _show(pack.area.title, answer)
    raise typer.Exit(0 if usable else 1)


def _by_status(sources: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        status: [code for code, source in sources.items() if source["status"] == status]
        for status in ("read", "refused", "empty", "missing")
    }


def _show(title: str, answer: Mapping[str, Any]) -> None:
    console.print_lines(f"The area pack of {title} is good.")
    console.print_lines(*(f"Note: {warning}" for warning in answer["warnings"]))
    if answer["not_used_yet"]:
        console.print_lines(f"Settings that nothing uses yet: {'; '.join(answer['not_used_yet'])}.")
    if "sources" not in answer:
        return
    console.print_table(
        "The extracts",
        ("Source", "Outcome", "Rows", "Rows rejected", "Cells set aside"),
        [
            (
                code,
                source["status"],
                f"{source['rows_read']:,}",
                f"{source['rows_rejected']:,}",
                f"{source['cells_set_aside']:,}",
            )
            for code, source in answer["sources"].items()
        ],
    )
    for code, source in answer["sources"].items():
        sound = source["status"] == "read" and not source["rows_with_fault"]
        remarks = [*source["notes"]] if sound else [source["why"], *source["notes"]]
        console.print_lines(*(f"{code}: {remark}" for remark in remarks))
    for name in answer["unmatched_files"]:
        console.print_lines(f"No source in the pack asks for the file {name}; it was not read.")
    console.print_lines(*_outcome(_by_status(answer["sources"])))


def _outcome(became: Mapping[str, list[str]]) -> list[str]:
    """Say which sources cannot be used, and what `find` would then do."""
    left_out = [
        f"{status.capitalize()}: {', '.join(became[status])}."
        for status in ("refused", "empty", "missing")
        if became[status]
    ]
    if not became["read"]:
        return [*left_out, "No extract can be used, so `alongside find` would not make a run."]
    if became["refused"]:
        return [*left_out, "`alongside find` would run without them."]
    if left_out:
        return [*left_out, "Next: alongside find, with the same folders; it will run without them."]
    return ["Nothing was refused. Next: alongside find, with the same folders."]

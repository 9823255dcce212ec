"""Doubtful pairs of a run, what their records say, and the answers for the next run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.sources.commands import links
from alongside.casework.sources.jobs.files import write_whole
from alongside.casework.sources.jobs.people import cleaned
from alongside.casework.sources.jobs.runs import opened, runs_folder
from alongside.casework.sources.rules import Answer, Pair
from alongside.insight.linkage.decisions import FOR_WHO_ASKS, REQUIRED

DECISIONS_FILE = "decisions.csv"
RECORDS = "identity/records.parquet"


@dataclass(frozen=True)
class RecordShown:
    """What one record of a pair says; ``says`` is empty where the run kept nothing of it."""

    source: str
    record: str
    says: dict[str, str]


SHOWN = (
    "forename", "middle_names", "surname", "former_surnames", "date_of_birth", "sex", "address", "postcode",
    "phone", "email", "id_nhs_number", "row_as_at",
)  # fmt: skip
"""What a clerk sees of a record, in this order."""


def records_of(folder: str, pair: Pair) -> tuple[RecordShown, RecordShown]:
    """Return what the two records of a pair say. A run keeps this for listed people, or for all if asked to.

    Nothing is kept of a run since deleted: anybody taking an answer back then has to look elsewhere.

    Raises:
        RunRefusedError: as ``read_run``.
    """
    try:
        run = opened(folder, reading=[RECORDS])
    except NotFoundError:
        return RecordShown(pair.source_a, pair.record_a, {}), RecordShown(pair.source_b, pair.record_b, {})
    shown = []
    for source, record in ((pair.source_a, pair.record_a), (pair.source_b, pair.record_b)):
        this = (pc.field("source") == source) & (pc.field("record_id") == record)
        rows = run.table(RECORDS, where=this).to_pylist()
        says = {name: _shown(rows[0].get(name)) for name in SHOWN} if rows else {}
        shown.append(RecordShown(source, record, says))
    return shown[0], shown[1]


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case list():
            return ", ".join(map(str, value))
        case date():
            return f"{value:%-d %B %Y}"
        case _:
            return cleaned(str(value), 300)


def write_decisions(*, actor: Actor, at: datetime) -> int:
    """Write all answers so far into the folder of runs, where the next run reads them; return how many."""
    path = runs_folder() / DECISIONS_FILE
    return links.write_decisions(
        actor=actor, at=at, write=lambda answers: write_decisions_file(path, answers)
    )


def write_decisions_file(path: Path, answers: Sequence[Answer]) -> None:
    """Write answers as the file that ``alongside find --decisions`` reads: whole, or as it was before."""
    write_whole(
        path,
        (*REQUIRED, *FOR_WHO_ASKS),
        (
            (
                each.source_a,
                each.record_a,
                each.source_b,
                each.record_b,
                each.answer,
                each.by,
                each.at,
                each.why,
            )
            for each in answers
        ),
    )

"""A clerk's decisions: pairs of records that are one person, or are two, whatever their weights say.

The file outlives every run: decisions are made about records, by name of source and record, and so hold again
each time the same records come. Columns: source_a, record_a, source_b, record_b, decision (same, different),
and by, at, why for whoever asks later.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.backends import Backend

REQUIRED = ("source_a", "record_a", "source_b", "record_b", "decision")
Record = tuple[str, str]


@dataclass(frozen=True)
class Decision:
    """One decision, and the line of the file it stands on."""

    line: int
    one: Record
    other: Record
    same: bool


class DecisionsRefusedError(DataRefusedError):
    """The decisions file cannot be used; the message names the lines and what would be right."""


def read_decisions(file: Path | None) -> list[Decision]:
    """Read a decisions file; no file, no decisions.

    Raises:
        AskedWronglyError: there is no such file.
        DecisionsRefusedError: a column is missing, or a line does not say what it must.
    """
    if file is None:
        return []
    if not file.is_file():
        raise AskedWronglyError(
            f"There is no decisions file at {file}. Give --decisions a CSV with the columns "
            f"{', '.join(REQUIRED)}."
        )
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text)
            missing = [name for name in REQUIRED if name not in (reader.fieldnames or [])]
            if missing:
                raise DecisionsRefusedError(
                    f"{file.name}: the column {missing[0]} is missing. The first line must name "
                    f"{', '.join(REQUIRED)}."
                )
            return [_decision(file.name, reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DecisionsRefusedError(
            f"{file.name} cannot be read as CSV in UTF-8 ({error}). Save it as CSV UTF-8."
        ) from error


def _decision(name: str, line: int, row: dict[str, str]) -> Decision:
    cells = {column: (row.get(column) or "").strip() for column in REQUIRED}
    empty = [column for column, cell in cells.items() if not cell]
    if empty:
        raise DecisionsRefusedError(
            f"{name}, line {line}: {empty[0]} is empty. Fill it in, or take the line out."
        )
    if cells["decision"] not in ("same", "different"):
        raise DecisionsRefusedError(f"{name}, line {line}: the decision must be same or different.")
    one, other = (cells["source_a"], cells["record_a"]), (cells["source_b"], cells["record_b"])
    if one == other:
        raise DecisionsRefusedError(f"{name}, line {line}: both sides are the same record. Name two records.")
    return Decision(line, one, other, cells["decision"] == "same")


def told_apart(decisions: list[Decision]) -> pa.Table:
    """The records in a decision of *different*, as a table ``source record_id``."""
    records = sorted(
        {record for decision in decisions if not decision.same for record in (decision.one, decision.other)}
    )
    return pa.table(
        {
            "source": pa.array([source for source, _ in records], pa.string()),
            "record_id": pa.array([record for _, record in records], pa.string()),
        }
    )


@dataclass(frozen=True)
class NodeDecisions:
    """Decisions as pairs of nodes, and how many speak of records that are not in this run."""

    joined: list[tuple[int, int]]
    apart: list[tuple[int, int]]
    not_here: int


def of_nodes(
    backend: Backend, decisions: list[Decision], *, nodes: int, proof: Sequence[str]
) -> NodeDecisions:
    """Turn decisions about records into decisions about nodes.

    Args:
        backend: holds ``nodes`` and ``node_records``.
        decisions: what the file says.
        nodes: how many nodes there are.
        proof: columns of ``nodes`` that prove two people where two values differ, such as ``id_nhs_number``.

    Raises:
        DecisionsRefusedError: two records are said to be different that other decisions together make the same, or
            decisions together make one person of two numbers that both pass their check.
    """
    named = sorted({record for decision in decisions for record in (decision.one, decision.other)})
    if not named:
        return NodeDecisions([], [], 0)
    backend.register(
        "decided",
        pa.table({"source": [source for source, _ in named], "record_id": [record for _, record in named]}),
    )
    rows = backend.arrow(
        "select n.source, n.record_id, n.node_id from node_records n "
        "join decided d on d.source = n.source and d.record_id = n.record_id"
    ).to_pylist()
    node = {(row["source"], row["record_id"]): int(row["node_id"]) for row in rows}
    here = [decision for decision in decisions if decision.one in node and decision.other in node]
    joined = [(node[decision.one], node[decision.other]) for decision in here if decision.same]
    ends = (
        np.array([a for a, _ in joined], dtype=np.int64),
        np.array([b for _, b in joined], dtype=np.int64),
    )
    group = connected_components(
        coo_array((np.ones(len(joined)), ends), shape=(nodes, nodes)), directed=False
    )[1]
    for decision in here:
        if not decision.same and group[node[decision.one]] == group[node[decision.other]]:
            raise DecisionsRefusedError(
                f"Decisions, line {decision.line}: these two records are said to be different people, but "
                "other lines together say that they are the same. Take out the line that is wrong."
            )
    for column in proof:
        _refuse_two_numbers(
            backend,
            column,
            [(decision.line, int(group[node[decision.one]])) for decision in here if decision.same],
            group,
        )
    apart = [(node[decision.one], node[decision.other]) for decision in here if not decision.same]
    return NodeDecisions(joined, apart, len(decisions) - len(here))


def _refuse_two_numbers(
    backend: Backend, column: str, lines: list[tuple[int, int]], group: NDArray[np.int32]
) -> None:
    """Refuse decisions of *same* (line of the file, group of nodes) by which a group would hold two numbers."""
    held = backend.arrow(
        f"select node_id, {column} as number from nodes where {column} is not null order by node_id"
    )
    joined = group[held.column("node_id").to_numpy()]
    of_decided = np.flatnonzero(np.isin(joined, [of for _, of in lines]))
    numbers: dict[int, str] = {}
    for of, number in zip(
        joined[of_decided].tolist(), held.column("number").take(of_decided).to_pylist(), strict=True
    ):
        if numbers.setdefault(of, number) != number:
            system = column.removeprefix("id_").replace("_", " ")
            said = ", ".join(str(line) for line, decided in lines if decided == of)
            raise DecisionsRefusedError(
                f"Decisions, line {said}: these would make one person of records with two different values of {system} that both "
                "pass their check. Put the wrong number right where it was recorded, or take the line out."
            )

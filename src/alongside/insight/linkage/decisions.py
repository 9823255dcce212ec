"""A clerk's decisions: pairs of records that are one person, or are two, whatever their weights say.

Decisions are made about records, by name of source and record, and so apply each time the same records
come. A run keeps those in force, and the next run starts from them. Columns: source_a, record_a, source_b,
record_b, decision (same, different, withdrawn), and by, at, why for anybody who asks later.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.backends import Backend
from alongside.insight.linkage.chains import chains

REQUIRED = ("source_a", "record_a", "source_b", "record_b", "decision")
FOR_WHO_ASKS = ("by", "at", "why")
KEPT = "linkage/decisions.csv"
"""Where a run keeps the decisions that were in force."""
Record = tuple[str, str]


@dataclass(frozen=True)
class Decision:
    """One decision, the line of the file it stands on, and what that file says about who decided it."""

    line: int
    one: Record
    other: Record
    said: str
    by_at_why: tuple[str, ...] = ("", "", "")
    carried: bool = False

    @property
    def same(self) -> bool:
        """Whether the two are one person."""
        return self.said == "same"

    @property
    def about(self) -> frozenset[Record]:
        """The two records, whichever was named first."""
        return frozenset((self.one, self.other))

    @property
    def where(self) -> str:
        """Its line, for a person looking for it."""
        return f"{self.line} of the previous run's {KEPT}" if self.carried else str(self.line)


@dataclass(frozen=True)
class InForce:
    """The decisions that hold: those of the previous run first, then the new file's.

    ``carried`` of them are the previous run's, ``replaced`` of that run's hold no longer, and the lines
    ``withdrew_nothing`` of the new file take back what nobody had decided.
    """

    decisions: list[Decision]
    carried: int
    replaced: int
    withdrew_nothing: list[int]


class DecisionsRefusedError(DataRefusedError):
    """The decisions file cannot be used; the message names the lines and what would be right."""


def in_force(file: Path | None, previous: Path | None) -> InForce:
    """Read a clerk's file and the decisions that the previous run kept; a newer line about two records wins.

    Args:
        file: the clerk's file.
        previous: folder of the previous run.

    Raises:
        AskedWronglyError: there is no such file.
        DecisionsRefusedError: a column is missing, or a line does not say what it must.
    """
    kept = previous / KEPT if previous else None
    before = read_decisions(kept, carried=True) if kept and kept.is_file() else []
    new: list[Decision] = []
    newer: set[frozenset[Record]] = set()
    known = {decision.about for decision in before}
    nothing = []
    for decision in read_decisions(file):
        newer.add(decision.about)
        if decision.said != "withdrawn":
            new.append(decision)
            continue
        left = [each for each in new if each.about != decision.about]
        if len(left) == len(new) and decision.about not in known:
            nothing.append(decision.line)
        new = left
    carried = [decision for decision in before if decision.about not in newer]
    again = {(decision.about, decision.said) for decision in new}
    replaced = sum(
        decision.about in newer and (decision.about, decision.said) not in again for decision in before
    )
    return InForce([*carried, *new], len(carried), replaced, nothing)


def write_decisions(decisions: Iterable[Decision], file: Path) -> None:
    """Write decisions as a file that ``in_force`` reads; its folder is made if need be."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow((*REQUIRED, *FOR_WHO_ASKS))
        writer.writerows((*each.one, *each.other, each.said, *each.by_at_why) for each in decisions)


def read_decisions(file: Path | None, *, carried: bool = False) -> list[Decision]:
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
            return [_decision(file.name, reader.line_num, row, carried=carried) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DecisionsRefusedError(
            f"{file.name} cannot be read as CSV in UTF-8 ({error}). Save it as CSV UTF-8."
        ) from error


def _decision(name: str, line: int, row: dict[str, str], *, carried: bool) -> Decision:
    cells = {column: (row.get(column) or "").strip() for column in (*REQUIRED, *FOR_WHO_ASKS)}
    empty = [column for column in REQUIRED if not cells[column]]
    if empty:
        raise DecisionsRefusedError(
            f"{name}, line {line}: {empty[0]} is empty. Fill it in, or take the line out."
        )
    if cells["decision"] not in ("same", "different", "withdrawn"):
        raise DecisionsRefusedError(
            f"{name}, line {line}: the decision must be same or different, or withdrawn to take back an "
            "earlier one."
        )
    one, other = (cells["source_a"], cells["record_a"]), (cells["source_b"], cells["record_b"])
    if one == other:
        raise DecisionsRefusedError(f"{name}, line {line}: both sides are the same record. Name two records.")
    by_at_why = tuple(cells[column] for column in FOR_WHO_ASKS)
    return Decision(line, one, other, cells["decision"], by_at_why, carried)


def told_apart(decisions: list[Decision]) -> pa.Table:
    """The records in a decision of *different*, as a table ``source record_id``."""
    return as_records(
        sorted(
            {
                record
                for decision in decisions
                if not decision.same
                for record in (decision.one, decision.other)
            }
        )
    )


def as_records(records: Sequence[Record]) -> pa.Table:
    """Return records as a table ``source record_id``."""
    return pa.table(
        {
            "source": pa.array([source for source, _ in records], pa.string()),
            "record_id": pa.array([record for _, record in records], pa.string()),
        }
    )


@dataclass(frozen=True)
class NodeDecisions:
    """Decisions as pairs of nodes, and what became of those that are not.

    ``not_here`` counts those that speak of records which are not in this run; ``on_nobody`` has those whose
    records are, with the records that name nobody; ``not_followed`` those of *same* that would make one
    person of two numbers which both pass their check, with the system the numbers are of.
    """

    joined: list[tuple[int, int]]
    apart: list[tuple[int, int]]
    not_here: int
    on_nobody: list[tuple[Decision, list[Record]]]
    not_followed: list[tuple[Decision, str]]


def of_nodes(
    backend: Backend, decisions: list[Decision], *, nodes: int, proof: Sequence[str]
) -> NodeDecisions:
    """Turn decisions about records into decisions about nodes.

    Clerks answer about two records at a time, and their answers together may reach two numbers that prove two
    people, in records none of them saw. The answer that would join those, the last in order, is not followed.

    Args:
        backend: holds ``records``, ``nodes`` and ``node_records``.
        decisions: what the file says.
        nodes: how many nodes there are.
        proof: columns of ``nodes`` that prove two people where two values differ, such as ``id_nhs_number``.

    Raises:
        DecisionsRefusedError: two records are said to be different that other decisions together make the
            same.
    """
    named = sorted({record for decision in decisions for record in (decision.one, decision.other)})
    if not named:
        return NodeDecisions([], [], 0, [], [])
    backend.register("decided", as_records(named))
    rows = backend.arrow(
        "select d.source, d.record_id, n.node_id from decided d "
        "join records r on r.source = d.source and r.record_id = d.record_id "
        "left join node_records n on n.source = d.source and n.record_id = d.record_id"
    ).to_pylist()
    came = {(row["source"], row["record_id"]): row["node_id"] for row in rows}
    node = {record: int(node_id) for record, node_id in came.items() if node_id is not None}
    here = [decision for decision in decisions if decision.one in node and decision.other in node]
    same, not_followed = _part_by_numbers(
        [decision for decision in here if decision.same],
        node,
        {each: _numbers(backend, each) for each in proof},
    )
    joined = [(node[decision.one], node[decision.other]) for decision in same]
    group = chains([a for a, _ in joined], [b for _, b in joined], nodes=nodes)
    for decision in here:
        if not decision.same and group[node[decision.one]] == group[node[decision.other]]:
            raise DecisionsRefusedError(
                f"Decisions, line {decision.where}: these two records are said to be different people, but "
                "other lines together say that they are the same. Take out the line that is wrong"
                f"{_or_withdraw(here)}."
            )
    apart = [(node[decision.one], node[decision.other]) for decision in here if not decision.same]
    on_nobody = [
        (decision, [record for record in (decision.one, decision.other) if record not in node])
        for decision in decisions
        if decision.about <= came.keys() and not decision.about <= node.keys()
    ]
    not_here = len(decisions) - len(here) - len(on_nobody)
    return NodeDecisions(joined, apart, not_here, on_nobody, not_followed)


def _numbers(backend: Backend, column: str) -> dict[int, str]:
    """Return the number that each node of ``decided`` has in a column, where it has one."""
    rows = backend.arrow(
        f"select distinct n.node_id, n.{column} as number from decided d "
        "join node_records r on r.source = d.source and r.record_id = d.record_id "
        f"join nodes n on n.node_id = r.node_id where n.{column} is not null"
    ).to_pylist()
    return {int(row["node_id"]): row["number"] for row in rows}


def _part_by_numbers(
    same: Sequence[Decision], node: Mapping[Record, int], numbers: Mapping[str, Mapping[int, str]]
) -> tuple[list[Decision], list[tuple[Decision, str]]]:
    """Part decisions of *same* into those to follow and those that would join two numbers, with the system.

    Args:
        same: the decisions; what an earlier one joins, a later one may not join to another number.
        node: of every record they are about.
        numbers: column to node to the number it has.
    """
    chain = {each: [each] for each in node.values()}
    held = {each: {column: of[each] for column, of in numbers.items() if each in of} for each in chain}
    followed, not_followed = [], []
    for decision in same:
        one, other = chain[node[decision.one]], chain[node[decision.other]]
        mine, theirs = held[one[0]], held[other[0]]
        clash = [column for column in mine if theirs.get(column, mine[column]) != mine[column]]
        if clash:
            not_followed.append((decision, clash[0].removeprefix("id_")))
            continue
        followed.append(decision)
        if one is not other:
            one += other
            mine |= theirs
            chain |= dict.fromkeys(other, one)
    return followed, not_followed


@dataclass(frozen=True)
class NotFollowed:
    """A decision of *same* that was not followed, as the two people it was about, by their pseudonyms.

    ``system`` is what both have a number of, and the numbers differ.
    """

    system: str
    people: tuple[str, str]


def people_not_joined(backend: Backend, decisions: Sequence[tuple[Decision, str]]) -> list[NotFollowed]:
    """Return whom decisions would have joined that were not followed, by ``links``, in their order."""
    if not decisions:
        return []
    named = sorted({record for decision, _ in decisions for record in (decision.one, decision.other)})
    backend.register("not_followed", as_records(named))
    rows = backend.arrow("select * from not_followed join links using (source, record_id)").to_pylist()
    person = {(row["source"], row["record_id"]): row["person_id"] for row in rows}
    found = []
    for decision, system in decisions:
        first, second = sorted((person[decision.one], person[decision.other]))
        found.append(NotFollowed(system, (first, second)))
    return found


def _or_withdraw(decisions: Sequence[Decision]) -> str:
    """What else would be right where one of them is in no file that can be changed."""
    carried = any(decision.carried for decision in decisions)
    return ", or withdraw it in the file of --decisions where it was carried over" if carried else ""

"""What the mission asks for (docs/mission/requirements.csv) and the tests that prove it.

A test proves a row by ``@pytest.mark.proves("FIND-20")``, on itself, on its class, or on its module as
``pytestmark``. The marks are read from the source (AST), so the page can be written without running anything.
"""

import ast
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

PARTS = {
    "FIND": "Noticing people who need help early",
    "MARM": "Managing risk together",
    "ENABLE": "Enabling risk",
    "SAFE": "From risk to safety",
    "CARE": "Social care that reaches people",
}


class UnknownRequirementError(Exception):
    """A test claims to prove a row that the mission does not have."""


@dataclass(frozen=True, order=True)
class Proof:
    """One test that claims to prove one row."""

    requirement: str
    path: str
    test: str


def requirements(root: Path) -> dict[str, str]:
    """Return what each row asks for, in our own words, by its id, in the order of the file."""
    with (root / "docs/mission/requirements.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["need"] for row in csv.DictReader(file)}


def proofs(root: Path) -> list[Proof]:
    """Return every claim the tests make, in order.

    Raises:
        UnknownRequirementError: a mark names a row that does not exist, or not as plain text.
    """
    known = requirements(root)
    found: set[Proof] = set()
    for path in sorted((root / "tests").rglob("test_*.py")):
        where = path.relative_to(root).as_posix()
        for test, claimed in _claims(ast.parse(path.read_text(encoding="utf-8")), where):
            if claimed not in known:
                message = f"{where}: {test} proves {claimed}, which is not in docs/mission/requirements.csv"
                raise UnknownRequirementError(message)
            found.add(Proof(claimed, where, test))
    return sorted(found)


def page(root: Path) -> str:
    """Return the page: each part's proven rows, with their tests, then those not proven yet."""
    needs = requirements(root)
    proven = {key: list(group) for key, group in groupby(proofs(root), key=lambda proof: proof.requirement)}
    lines = [
        "# The mission, and the tests that prove it",
        "",
        "Written by `make docs` from `docs/mission/requirements.csv` and the tests' marks; not by hand.",
        "",
        f"{len(proven)} of {len(needs)} rows are proven by at least one test.",
    ]
    for part, title in PARTS.items():
        rows = {key: need for key, need in needs.items() if key.startswith(part + "-")}
        done = [key for key in rows if key in proven]
        lines += ["", f"## {part}: {title}", "", f"{len(done)} of {len(rows)} proven."]
        if done:
            lines += ["", "| row | what is asked | proven by |", "|---|---|---|"]
            lines += [f"| {key} | {rows[key]} | {_tests(proven[key])} |" for key in done]
        if open_rows := [key for key in rows if key not in proven]:
            lines += ["", "Not yet proven:", ""]
            lines += [f"- {key} {rows[key]}" for key in open_rows]
    return "\n".join(lines) + "\n"


def _tests(claims: list[Proof]) -> str:
    return "<br>".join(f"[{_sentence(claim.test)}](../../{claim.path})" for claim in claims)


def _sentence(test: str) -> str:
    return test.rpartition("::")[2].removeprefix("test_").replace("_", " ")


def _claims(module: ast.Module, where: str) -> Iterator[tuple[str, str]]:
    """Yield (test, row) for every mark; marks of a module or class apply to each test in it."""
    yield from _claims_in(module.body, _module_marks(module, where), "", where)


def _claims_in(
    body: list[ast.stmt], inherited: list[str], prefix: str, where: str
) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            own = inherited + [row for mark in node.decorator_list for row in _rows(mark, where)]
            yield from _claims_in(node.body, own, f"{prefix}{node.name}::", where)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            own = inherited + [row for mark in node.decorator_list for row in _rows(mark, where)]
            yield from ((prefix + node.name, row) for row in own)


def _module_marks(module: ast.Module, where: str) -> list[str]:
    return [
        row
        for node in module.body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)
        for mark in (node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value])
        for row in _rows(mark, where)
    ]


def _rows(mark: ast.expr, where: str) -> list[str]:
    """Return the rows a decorator names; none if it is not a ``proves`` mark."""
    if not (isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.proves"):
        return []
    rows = [
        each.value for each in mark.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    if len(rows) != len(mark.args) or mark.keywords or not rows:
        message = f"{where}, line {mark.lineno}: `proves` takes the ids of rows as plain text, at least one"
        raise UnknownRequirementError(message)
    return rows

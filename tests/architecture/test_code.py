"""House rules about code, each a function over sources so that it is also tried on a planted offence."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TypeGuard

import pytest
from tools import tree

SOURCES = tree.python("src")
CODE = SOURCES | tree.python("tools") | tree.python("tests") | tree.python("benchmarks")

LONGEST = 450
# path -> its lines today. This list only ever gets shorter: split the file instead.
LONGER_FOR_NOW: dict[str, int] = {}

SPLINK_IS_HERE = ("src/alongside/insight/linkage/_splink.py", "benchmarks/link_once.py")
# The second measures plain Splink, for ours to be held against.


def offences_in_names(paths: list[str]) -> list[str]:
    return [path for path in paths if re.search(r"(^|/)_?(utils?|helpers?|misc|common)(/|\.py$)", path)]


def offences_in_length(sources: dict[str, str], longer: dict[str, int]) -> list[str]:
    return [
        path for path, text in sources.items() if len(text.splitlines()) > max(LONGEST, longer.get(path, 0))
    ]


def imported(source: str) -> set[str]:
    """Return the top names a module imports, however deep in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def offences_in_splink(sources: dict[str, str]) -> list[str]:
    return [
        path for path, text in sources.items() if path not in SPLINK_IS_HERE and "splink" in imported(text)
    ]


def says_something(docstring: str | None) -> bool:
    return bool(docstring and re.search(r"[A-Za-z]{2}", docstring))


def offences_in_docstrings(sources: dict[str, str]) -> list[str]:
    """Every module, public class and public function says what it is for; an empty package may wait."""
    folders = {str(PurePosixPath(path).parent) for path in sources if not path.endswith("/__init__.py")}
    found = []
    for path, text in sources.items():
        module = ast.parse(text)
        waits = (
            path.endswith("/__init__.py")
            and str(PurePosixPath(path).parent) not in folders
            and not module.body[1:]
        )
        if not waits and not says_something(ast.get_docstring(module)):
            found.append(path)
        found += [
            f"{path}: {name}"
            for name, node in public(module.body)
            if not says_something(ast.get_docstring(node))
        ]
    return found


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    for node in body:
        if node_is_public(node):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{prefix}{node.name}.")


def node_is_public(node: ast.stmt) -> TypeGuard[ast.ClassDef | ast.FunctionDef]:
    """``Meta`` is Django's name for options of a table, which need no words of their own."""
    return isinstance(node, ast.ClassDef | ast.FunctionDef) and not re.match(r"_|Meta$", node.name)


def offences_in_speech(sources: dict[str, str]) -> list[str]:
    """Insight speaks only through ``Progress`` and errors, and never tells what stands in a row.

    Refused: logging, printing, writing to the terminal; and, inside a sentence for ``said``, reading an
    element of something (``row[0]``) or fetching from the engine (``.as_py()``, ``.fetchall()``).
    """
    found = []
    for path, text in sources.items():
        module = ast.parse(text)
        if imported(text) & {"logging", "structlog", "loguru", "warnings"}:
            found.append(f"{path}: logs")
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in {"print", "sys.stdout.write", "sys.stderr.write", "pprint.pprint"}:
                    found.append(f"{path}, line {node.lineno}: {called}")
                if called.endswith(".said"):
                    found += [f"{path}, line {node.lineno}: {what}" for what in row_values(node)]
    return found


def row_values(call: ast.Call) -> list[str]:
    return [
        ast.unparse(inner)
        for sentence in ast.walk(call)
        if isinstance(sentence, ast.FormattedValue)
        for inner in ast.walk(sentence.value)
        if (
            isinstance(inner, ast.Subscript)
            and re.match(r"(row|record|cell|person|people|line)s?\b", ast.unparse(inner))
        )
        or (isinstance(inner, ast.Attribute) and re.match(r"as_py$|fetch|to_pylist$", inner.attr))
    ]


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert offences_in_names(list(CODE)) == []
    assert offences_in_names(["src/a/utils.py", "src/a/helpers/x.py", "src/a/_util.py"]) != []
    assert offences_in_names(["src/a/community.py", "src/a/commonest.py"]) == []


def test_no_file_grows_beyond_what_one_reads_at_a_sitting() -> None:
    written_by_us = {path: text for path, text in CODE.items() if "/migrations/" not in path}
    assert offences_in_length(written_by_us, LONGER_FOR_NOW) == []
    assert offences_in_length({"a.py": "x\n" * (LONGEST + 1)}, {}) == ["a.py"]


def test_the_list_of_longer_files_only_shrinks() -> None:
    for path, lines in LONGER_FOR_NOW.items():
        assert len(CODE[path].splitlines()) == lines, (
            f"{path} changed: lower its figure, or take it off the list"
        )


def test_one_module_of_ours_imports_splink() -> None:
    assert offences_in_splink(CODE) == []
    assert offences_in_splink({"a.py": "def f():\n    from splink.x import y\n"}) == ["a.py"]
    assert offences_in_splink(dict.fromkeys(SPLINK_IS_HERE, "import splink")) == []


def test_everything_public_says_what_it_is_for() -> None:
    ours = {path: text for path, text in SOURCES.items() if "/migrations/" not in path}
    assert offences_in_docstrings(ours) == []


def test_a_missing_or_empty_docstring_is_told_by_name() -> None:
    planted = {
        "src/a/__init__.py": '"""."""\n',
        "src/a/b.py": '"""Says it."""\nclass C:\n    """Says it."""\n    def d(self):\n        """."""\n'
        "    def _e(self): ...\n",
        "src/empty/__init__.py": '"""."""\n',
    }
    assert offences_in_docstrings(planted) == ["src/a/__init__.py", "src/a/b.py: C.d"]


def test_insight_never_logs_prints_or_tells_what_a_row_says() -> None:
    assert offences_in_speech({path: text for path, text in SOURCES.items() if "/insight/" in path}) == []


@pytest.mark.parametrize(
    "offence",
    [
        "import logging\n",
        "print('hello')\n",
        "import sys\nsys.stderr.write('x')\n",
        "progress.said(f'{row[0]} was refused')\n",
        "progress.said(f'{column.as_py()} was refused')\n",
        "progress.said(f'found {connection.fetchall()}')\n",
    ],
)
def test_each_way_of_telling_what_a_row_says_is_noticed(offence: str) -> None:
    assert offences_in_speech({"src/alongside/insight/x.py": offence}) != []


def test_counts_and_names_of_sources_may_be_told() -> None:
    assert (
        offences_in_speech(
            {"x.py": "progress.said(f'{source.title}: {len(rows):,} rows, {counts[name]} refused')"}
        )
        == []
    )

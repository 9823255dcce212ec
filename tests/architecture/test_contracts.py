"""Who may import whom: the contracts hold, and each of them fails when it is broken on purpose."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.tree import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def plant(root: Path, where: str, line: str) -> None:
    """Add an import to a module, making the packages on its way."""
    path = root / "src/alongside" / where
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.relative_to(root / "src/alongside").parents:
        (root / "src/alongside" / folder / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def test_every_contract_holds_and_a_copy_of_the_tree_says_so_too(copy: Path) -> None:
    answer = lint(copy)
    assert answer.returncode == 0, answer.stdout
    assert " 0 broken" in answer.stdout


@pytest.mark.parametrize(
    ("contract", "planted"),
    [
        ("Finding knows nothing of Django", {"insight/linkage/broken.py": "import django"}),
        ("Finding knows nothing of Django", {"area/broken.py": "import django.db"}),
        ("Finding knows nothing of Django", {"insight/people/broken.py": "import alongside.casework"}),
        ("The command line stands on the two halves", {"area/broken.py": "import alongside.insight.linkage"}),
        ("The command line stands on the two halves", {"insight/broken.py": "import alongside.cli"}),
        ("The command line stands on the two halves", {"broken.py": ""}),
        ("Only jobs in casework", {"casework/people/queries.py": "import alongside.insight"}),
        ("Only jobs in casework", {"casework/people/views.py": "import alongside.insight.factors"}),
        (
            "A stage knows only the stages beneath it",
            {"insight/intake/broken.py": "import alongside.insight.linkage"},
        ),
        (
            "A stage knows only the stages beneath it",
            {"insight/backends/broken.py": "import alongside.insight.factors"},
        ),
        (
            "A stage knows only the stages beneath it",
            {"insight/factors/broken.py": "import alongside.insight.report"},
        ),
        ("A stage knows only the stages beneath it", {"insight/broken.py": ""}),
        ("The fictional borough", {"insight/synthetic/broken.py": "import alongside.insight.cleaning"}),
        (
            "Casework's apps depend downwards only",
            {
                "casework/marm/rules.py": "",
                "casework/people/rules.py": "import alongside.casework.marm.rules",
            },
        ),
        ("Casework's apps depend downwards only", {"casework/helpers.py": ""}),
        (
            "Views reach data only through",
            {
                "casework/marm/models.py": "",
                "casework/marm/views.py": "import alongside.casework.marm.models",
            },
        ),
    ],
)
def test_a_contract_broken_on_purpose_is_told_by_name(
    copy: Path, contract: str, planted: dict[str, str]
) -> None:
    for where, line in planted.items():
        plant(copy, where, line)
    answer = lint(copy)
    assert answer.returncode == 1
    assert [
        line for line in answer.stdout.splitlines() if line.startswith(contract) and line.endswith("BROKEN")
    ]


def test_a_job_in_casework_may_call_insight(copy: Path) -> None:
    plant(copy, "casework/sources/jobs.py", "import alongside.insight")
    assert lint(copy).returncode == 0

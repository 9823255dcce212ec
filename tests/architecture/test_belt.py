"""The tool belt: what `make` lists is what there is, what is installed is what was asked for."""

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from tools import requirements, tree

MAKEFILE = (tree.ROOT / "Makefile").read_text(encoding="utf-8")
PYPROJECT = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    # Without the caller's make variables, which a make within a make would obey.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    listed = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    ).stdout
    assert set(re.findall(r"^  ([a-z]+) +\S", listed, re.MULTILINE)) == TARGETS
    assert {"setup", "demo", "test", "check", "fix", "bench", "docs", "requirements", "clean"} <= TARGETS


def test_every_target_is_phony_and_every_phony_is_a_target() -> None:
    assert set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()) == TARGETS


def test_pages_name_only_targets_that_exist() -> None:
    pages = tree.texts("*.md") | tree.texts(".ci/run", ".pre-commit-config.yaml")
    for path, text in pages.items():
        named = set(re.findall(r"(?:^|`|entry: )make ([a-z]+)\b", text, re.MULTILINE))
        assert named <= TARGETS, f"{path}: {named - TARGETS}"


def without_a_reason(pyproject: str) -> list[str]:
    project = tomllib.loads(pyproject)["project"]
    declared = [project["dependencies"], *project["optional-dependencies"].values()]
    return [
        each
        for group in declared
        for each in group
        if not re.search(rf'"{re.escape(each)}",?\s+# \w.{{3,}}', pyproject)
    ]


def test_every_dependency_says_what_it_is_for() -> None:
    assert without_a_reason(PYPROJECT) == []
    bare = PYPROJECT.replace('    "jinja2>=3.1",', '    "another>=1",\n    "jinja2>=3.1",')
    assert without_a_reason(bare) == ["another>=1"]


def test_duckdb_and_splink_are_pinned_as_a_pair_and_installed_so() -> None:
    dependencies = tomllib.loads(PYPROJECT)["project"]["dependencies"]
    pins = dict(each.split("==") for each in dependencies if "==" in each)
    assert pins == {"duckdb": "1.4.4", "splink": "5.0.0"}
    assert {name: version(name) for name in pins} == pins
    for name in ("prod", "dev"):
        text = (tree.ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
        assert all(f"{package}=={pin} " in text for package, pin in pins.items())


def test_requirements_are_current_and_a_new_dependency_makes_them_stale() -> None:
    assert requirements.stale(PYPROJECT, requirements.FOLDER) == []
    more = PYPROJECT.replace('    "jinja2>=3.1",', '    "another>=1",\n    "jinja2>=3.1",')
    assert requirements.stale(more, requirements.FOLDER) == ["prod", "dev"]


def test_the_files_of_requirements_agree_on_every_version() -> None:
    pins: dict[str, set[str]] = {}
    for text in tree.texts("requirements/*.txt").values():
        for name, pin in re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.+!]+)(?= \\)", text, re.MULTILINE):
            pins.setdefault(name, set()).add(pin)
    assert {name: found for name, found in pins.items() if len(found) > 1} == {}


def test_setting_up_with_no_python_to_be_had_says_what_is_needed(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    setup = (tree.ROOT / "tools/setup.sh").read_text(encoding="utf-8")
    (tmp_path / "tools/setup.sh").write_text(setup.replace("/usr/bin/python3", "none"), encoding="utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/dirname").symlink_to(shutil.which("dirname") or "")
    answer = subprocess.run(
        ["/bin/sh", str(tmp_path / "tools/setup.sh")],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(tmp_path / "bin")},
    )
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr


@pytest.mark.parametrize(
    ("system", "manager", "named", "taken"),
    [
        ("whole", "whole", None, "system"),
        ("whole", "whole", "manager", "manager"),
        ("whole", "whole", "old", "system"),
        ("old", "whole", None, "manager"),
        ("none", "whole", None, "manager"),
        ("no venv", "whole", None, "manager"),
        ("no venv", "old", None, "system"),
        ("no venv", "no venv", None, "system"),
        ("no venv", "whole", "system", "system"),
    ],
)
def test_setting_up_takes_the_systems_python_unless_it_cannot_or_is_told_otherwise(
    tmp_path: Path, system: str, manager: str, named: str | None, taken: str
) -> None:
    for place, what in (("system", system), ("manager", manager), ("old", "old")):
        made = tmp_path / place / "python3"
        made.parent.mkdir()
        if what != "none":
            old, lacks = (int(what == each) for each in ("old", "no venv"))
            asked = f'case "$2" in *version_info*) exit {old};; *) exit {lacks};; esac'
            made.write_text(f"#!/bin/sh\n{asked}\n", encoding="ascii")
            made.chmod(0o755)
    setup = (tree.ROOT / "tools/setup.sh").read_text(encoding="utf-8")
    find = setup[setup.index("system=/usr") : setup.index("\n}\n") + 3] + "find_python"
    told = {"PYTHON": str(tmp_path / named / "python3")} if named else {}
    answer = subprocess.run(
        ["/bin/sh", "-c", find.replace("/usr/bin/python3", str(tmp_path / "system/python3"))],
        capture_output=True, text=True, check=True, env={"PATH": str(tmp_path / "manager"), **told},
    )  # fmt: skip
    assert answer.stdout.strip() == str(tmp_path / taken / "python3")

"""The trace from the mission to the tests: complete, true to the marks, and the same each time."""

from pathlib import Path

import pytest
from tools import docs, mission, tree

ROWS = {"FIND": 27, "MARM": 67, "ENABLE": 28, "SAFE": 29, "CARE": 21}


def project(tmp_path: Path, test_source: str) -> Path:
    (tmp_path / "docs/mission").mkdir(parents=True)
    (tmp_path / "docs/mission/requirements.csv").write_text(
        'id,need\nFIND-01,Lists are made\nFIND-02,"Work moves, on"\nMARM-01,A case exists\n', encoding="utf-8"
    )
    (tmp_path / "tests/deep").mkdir(parents=True)
    (tmp_path / "tests/deep/test_it.py").write_text(test_source, encoding="utf-8")
    return tmp_path


def test_every_row_of_the_mission_is_there_once_and_says_something() -> None:
    needs = mission.requirements(tree.ROOT)
    assert list(needs) == [f"{part}-{n:02}" for part, count in ROWS.items() for n in range(1, count + 1)]
    lines = (tree.ROOT / "docs/mission/requirements.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(needs) + 1
    assert all(12 <= len(need) <= 110 for need in needs.values())
    assert len(set(needs.values())) == len(needs)


def test_every_mark_in_the_tests_names_a_row_of_the_mission() -> None:
    assert {proof.requirement for proof in mission.proofs(tree.ROOT)} <= set(mission.requirements(tree.ROOT))


def test_marks_on_a_test_a_class_and_a_module_all_count(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        "import pytest\n"
        'pytestmark = pytest.mark.proves("FIND-01")\n'
        '@pytest.mark.proves("MARM-01")\n'
        "class TestThings:\n"
        '    @pytest.mark.proves("FIND-02")\n'
        "    def test_one(self): ...\n"
        "def test_two(): ...\n"
        "def not_a_test(): ...\n",
    )
    assert [(proof.requirement, proof.test) for proof in mission.proofs(root)] == [
        ("FIND-01", "TestThings::test_one"),
        ("FIND-01", "test_two"),
        ("FIND-02", "TestThings::test_one"),
        ("MARM-01", "TestThings::test_one"),
    ]


@pytest.mark.parametrize("mark", ['"FIND-99"', "", '"FIND-01", row', 'ids="FIND-01"'])
def test_a_mark_that_names_no_row_of_ours_is_refused_with_its_place(tmp_path: Path, mark: str) -> None:
    root = project(tmp_path, f"import pytest\n@pytest.mark.proves({mark})\ndef test_it(): ...\n")
    with pytest.raises(mission.UnknownRequirementError, match=r"tests/deep/test_it\.py"):
        mission.proofs(root)


def test_the_page_tells_what_is_proven_by_what_and_what_is_not_yet(tmp_path: Path) -> None:
    root = project(tmp_path, 'import pytest\n@pytest.mark.proves("FIND-02")\ndef test_work_moves_on(): ...\n')
    page = mission.page(root)
    assert "1 of 3 rows are proven" in page
    assert "| FIND-02 | Work moves, on | [work moves on](../../tests/deep/test_it.py) |" in page
    assert "- FIND-01 Lists are made" in page
    assert "- FIND-02" not in page
    assert page == mission.page(root)


def test_generated_pages_are_current_and_a_change_makes_them_stale(tmp_path: Path) -> None:
    assert docs.stale(tree.ROOT) == []
    root = project(tmp_path, "def test_it(): ...\n")
    (root / "docs/reference").mkdir()
    (root / "docs/reference/area-pack.md").write_text("# The area pack\n", encoding="utf-8")
    assert "docs/generated/mission.md" in docs.stale(root)
    docs.write(root)
    assert docs.stale(root) == []
    with (root / "docs/mission/requirements.csv").open("a", encoding="utf-8") as file:
        file.write("SAFE-01,Hopes come first\n")
    assert docs.stale(root) == ["docs/generated/mission.md"]

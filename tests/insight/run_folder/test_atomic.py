"""A run folder appears whole or not at all, whatever kills the process that writes it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alongside.errors import AskedWronglyError
from alongside.insight.run_folder import atomic, whole_or_nothing

FILES = {f"part-{number}.txt": "whole\n" * 50_000 for number in range(40)}
RUN = '{"format": "alongside-run/1"}'
WRITER = """
import sys
from pathlib import Path
from alongside.insight.run_folder import whole_or_nothing
place, word = Path(sys.argv[1]), sys.argv[2]
with whole_or_nothing(place, replace=True) as folder:
    print("begun", flush=True)
    for number in range(40):
        (folder / f"part-{number}.txt").write_text(f"{word}\\n" * 50_000)
    (folder / "manifest.json").write_text('{"format": "alongside-run/1"}')
    print("written", flush=True)
print("done", flush=True)
"""


def write(place: Path, text: str, *, replace: bool = False) -> None:
    with whole_or_nothing(place, replace=replace) as folder:
        (folder / "inner").mkdir()
        (folder / "inner" / "file.txt").write_text(text, encoding="utf-8")
        (folder / "manifest.json").write_text(RUN, encoding="utf-8")


def words_in(place: Path) -> set[str]:
    return {word for path in place.glob("part-*.txt") for word in path.read_text(encoding="utf-8").split()}


def hidden(place: Path) -> list[str]:
    return sorted(path.name for path in place.parent.iterdir() if path.name.startswith("."))


def test_a_folder_is_there_when_its_block_ended_well(tmp_path: Path) -> None:
    write(tmp_path / "run", "one")
    assert (tmp_path / "run" / "inner" / "file.txt").read_text(encoding="utf-8") == "one"
    assert hidden(tmp_path / "run") == []


def test_nothing_is_left_of_a_block_that_failed(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError), whole_or_nothing(tmp_path / "run") as folder:
        folder.write_text("a folder cannot be written to", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    write(tmp_path / "run", "one")
    folders = [tmp_path / "run", tmp_path / "run" / "inner"]
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700, 0o700]
    assert (tmp_path / "run" / "inner" / "file.txt").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_exists_is_not_written_over_unasked(tmp_path: Path) -> None:
    write(tmp_path / "run", "one")
    with pytest.raises(AskedWronglyError, match="--replace"):
        write(tmp_path / "run", "two")
    assert (tmp_path / "run" / "inner" / "file.txt").read_text(encoding="utf-8") == "one"


def test_a_file_in_its_place_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("precious", encoding="utf-8")
    with pytest.raises(AskedWronglyError, match="not a folder"):
        write(tmp_path / "run", "two", replace=True)
    assert (tmp_path / "run").read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize("manifest", [None, "{", "[]", '{"format": "another/1"}'])
def test_a_folder_that_is_no_run_is_never_replaced(
    tmp_path: Path, replace: bool, manifest: str | None
) -> None:
    place = tmp_path / "letters"
    place.mkdir()
    (place / "precious.txt").write_text("precious", encoding="utf-8")
    if manifest:
        (place / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(AskedWronglyError, match="is not a run, so nothing in it was touched") as refused:
        write(place, "two", replace=replace)
    assert "there is a run" not in str(refused.value)
    assert (place / "precious.txt").read_text(encoding="utf-8") == "precious"


def test_a_folder_that_came_while_the_run_was_made_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "run"

    def write_while_it_comes() -> None:
        with whole_or_nothing(place, replace=True):
            place.mkdir()
            (place / "precious.txt").write_text("precious", encoding="utf-8")

    with pytest.raises(AskedWronglyError, match="is not a run"):
        write_while_it_comes()
    assert (place / "precious.txt").read_text(encoding="utf-8") == "precious"
    assert hidden(place) == []


def test_an_empty_folder_is_used_when_asked(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with pytest.raises(AskedWronglyError, match="an empty folder"):
        write(tmp_path / "run", "one")
    write(tmp_path / "run", "one", replace=True)
    assert (tmp_path / "run" / "inner" / "file.txt").is_file()


def test_a_run_of_another_format_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "manifest.json").write_text('{"format": "alongside-run/99"}', encoding="utf-8")
    write(tmp_path / "run", "two", replace=True)
    assert (tmp_path / "run" / "inner" / "file.txt").is_file()


@pytest.mark.parametrize("place", ["file/run", "file/deeper/run", "/proc/nope/run", "/proc/run", "x" * 300])
def test_a_place_where_no_folder_can_be_made_is_a_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("precious", encoding="utf-8")
    with pytest.raises(AskedWronglyError, match="no run can be made at"):
        write(tmp_path / place, "one")


@pytest.mark.parametrize("can_exchange", [True, False])
def test_replacing_leaves_the_new_folder_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    write(tmp_path / "run", "one")
    write(tmp_path / "run", "two", replace=True)
    assert (tmp_path / "run" / "inner" / "file.txt").read_text(encoding="utf-8") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_two_runs_cannot_write_one_place_together(tmp_path: Path) -> None:
    with whole_or_nothing(tmp_path / "run"), pytest.raises(AskedWronglyError, match="another run is writing"):
        write(tmp_path / "run", "two")
    assert (tmp_path / "run").is_dir()


def test_a_folder_put_aside_by_a_killed_run_comes_back(tmp_path: Path) -> None:
    write(tmp_path / "run", "one")
    (tmp_path / "run").rename(tmp_path / ".run.aside-123")
    with pytest.raises(AskedWronglyError, match="already"):
        write(tmp_path / "run", "two")
    assert (tmp_path / "run" / "inner" / "file.txt").read_text(encoding="utf-8") == "one"


def test_a_neighbour_of_a_similar_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".run1.partial-7").mkdir()
    (tmp_path / ".run.partial-7").mkdir()
    write(tmp_path / "run", "one")
    assert hidden(tmp_path / "run") == [".run1.partial-7"]


@pytest.mark.parametrize("after", ["begun", "written", 0.02, 0.05, 0.1, 0.15])
def test_killed_at_any_moment_it_leaves_the_old_folder_or_the_new(tmp_path: Path, after: str | float) -> None:
    place = tmp_path / "run"
    with whole_or_nothing(place) as folder:
        for name, text in FILES.items():
            (folder / name).write_text(text.replace("whole", "old"), encoding="utf-8")
        (folder / "manifest.json").write_text(RUN, encoding="utf-8")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, place, "new"], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    with writer.stdout:
        said = writer.stdout.readline().strip()
        while isinstance(after, str) and said != after:
            said = writer.stdout.readline().strip()
        if isinstance(after, float):
            time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    assert len(list(place.glob("part-*.txt"))) == len(FILES)
    assert words_in(place) in ({"old"}, {"new"})
    write(place, "next", replace=True)
    assert hidden(place) == [], "the next run sweeps what the killed one left"


def test_a_killed_first_run_leaves_no_folder(tmp_path: Path) -> None:
    place = tmp_path / "run"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, place, "new"], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    with writer.stdout:
        writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    assert not place.exists()
    assert any(name.startswith(".run.partial-") for name in hidden(place)), "the kill came in the middle"
    write(place, "next")
    assert hidden(place) == []

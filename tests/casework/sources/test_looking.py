"""The drop folder as the background worker looks at it: in a process apart, where something changed."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.casework.processes import environment
from tests.casework.sources.conftest import RUN

from alongside.casework.background.rules import Outcome, Went
from alongside.casework.background.schedule import SCHEDULE
from alongside.casework.background.worker import run_line
from alongside.casework.design.dates import moment_in_words
from alongside.casework.sources.jobs import look_into_drop_folder, looking
from alongside.casework.sources.jobs.drop import MAKING, alone
from alongside.casework.sources.models import Run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drop(
    borough: Path, runs: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A drop folder with the extracts that the run before read, and a process apart that finds all of it."""
    shutil.copytree(borough / "b" / "extracts", settings.DROP_FOLDER)
    for each in Path(settings.DROP_FOLDER).iterdir():
        os.utime(each, (0, 0))
    given = environment(
        tmp_path, ALONGSIDE_DROP=str(settings.DROP_FOLDER), ALONGSIDE_RUNS=str(settings.RUNS_FOLDER),
        ALONGSIDE_AREA=str(settings.AREA_FOLDER),
    )  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return Path(settings.DROP_FOLDER)


def change(drop: Path) -> None:
    rent = next(drop.glob("housing_rent*"))
    rent.write_bytes(b"".join(rent.read_bytes().splitlines(keepends=True)[:-1]))
    os.utime(rent, (1, 1))


@pytest.mark.proves("FIND-18")
def test_a_new_extract_becomes_a_run_that_waits_and_what_is_known_starts_no_process(
    drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now()
    assert look_into_drop_folder(at=at).words == "There is nothing new in the drop folder."
    assert Run.objects.count() == 0
    change(drop)
    done = run_line(SCHEDULE["drop_folder"])
    assert (done.went, done.words) == (Went.WELL, f"The run {timezone.localdate()} waits for an approver.")
    assert Run.objects.get().opened_by == "drop folder"
    monkeypatch.setattr(looking, "COMMAND", ["/nowhere"])
    assert (
        look_into_drop_folder(at=at + timedelta(days=1)).words == "There is nothing new in the drop folder."
    )


def test_a_run_that_cannot_be_made_says_why_each_time_and_is_tried_again_only_when_something_changes(
    drop: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (runs / RUN / "cohort.csv").write_text("changed", "utf-8")
    at = timezone.now()
    done = look_into_drop_folder(at=at)
    assert (done.went, "was changed after it was written" in done.words) == (Went.BADLY, True)
    with monkeypatch.context() as patched:
        patched.setattr(looking, "COMMAND", ["/nowhere"])
        assert look_into_drop_folder(at=at) == done
        change(drop)
        with pytest.raises(FileNotFoundError):
            look_into_drop_folder(at=at)


def test_while_a_file_is_being_written_that_is_said_and_no_process_started(
    drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now()
    rent = next(drop.glob("housing_rent*"))
    with monkeypatch.context() as patched:
        patched.setattr(looking, "COMMAND", ["/nowhere"])
        os.utime(rent, (at.timestamp(),) * 2)
        done = look_into_drop_folder(at=at)
    assert (done.went, rent.name in done.words) == (Went.WELL, True)
    os.utime(rent, (0, 0))
    assert look_into_drop_folder(at=at).words == "There is nothing new in the drop folder."


def test_a_file_that_is_touched_before_every_look_is_named_as_what_stops_all_runs_after_an_hour(
    drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = timezone.now()
    rent = next(drop.glob("housing_rent*"))

    def look(minutes: int, *, touched: bool = True) -> Outcome:
        at = began + timedelta(minutes=minutes)
        if touched:
            os.utime(rent, (at.timestamp(),) * 2)
        return look_into_drop_folder(at=at)

    assert [look(minutes).went for minutes in (0, 30, 59)] == [Went.WELL] * 3
    late = look(60)
    assert (late.went, rent.name in late.words) == (Went.BADLY, True)
    assert moment_in_words(began) in late.words
    assert look(65) == late
    monkeypatch.setattr(looking, "COMMAND", [sys.executable, "-c", ""])
    assert look(70, touched=False).went == Went.WELL
    assert look(75).went == Went.WELL, "it waits anew"


def test_a_run_that_was_left_unnoted_is_looked_at_though_no_file_has_changed(
    drop: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now()
    assert look_into_drop_folder(at=at).words == "There is nothing new in the drop folder."
    (runs / MAKING).write_text(RUN, encoding="utf-8")
    done = look_into_drop_folder(at=at)
    assert (done.went, done.words) == (Went.WELL, f"The run {RUN} waits for an approver.")
    assert Run.objects.get().folder == RUN


def test_while_another_process_makes_a_run_that_is_said_and_not_remembered(drop: Path) -> None:
    at = timezone.now()
    change(drop)
    with alone():
        done = look_into_drop_folder(at=at)
    assert (done.went, "Another process" in done.words) == (Went.PARTLY, True)
    assert look_into_drop_folder(at=at).words == f"The run {timezone.localdate()} waits for an approver."


def test_what_a_process_that_broke_wrote_goes_nowhere(drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "COMMAND", [sys.executable, "-c", "raise ValueError('Beatrice')"])
    done = look_into_drop_folder(at=timezone.now())
    assert (done.went, "Beatrice" in done.words) == (Went.BADLY, False)


def test_the_process_apart_ends_with_the_worker() -> None:
    """What it reads from has ended, as when the worker was killed: it ends before it has done its work."""
    lifeline = "from alongside.casework.kernel.lifeline import end_with_input; end_with_input()"
    process = [sys.executable, "-c", f"{lifeline}; import time; time.sleep(60)"]
    ended = subprocess.run(process, stdin=subprocess.DEVNULL, timeout=50, check=False)
    assert ended.returncode == -signal.SIGTERM

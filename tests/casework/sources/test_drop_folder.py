"""The drop folder: new extracts become a run that waits for an approver. Nothing is ever released by it."""

import os
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django import Settings
from tests.casework.sources.conftest import RUN

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.background.rules import Went
from alongside.casework.kernel.area import seen
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person
from alongside.casework.sources import jobs
from alongside.casework.sources.jobs import drop as drop_job
from alongside.casework.sources.jobs.drop import not_yet
from alongside.casework.sources.jobs.files import write_whole
from alongside.casework.sources.models import Release, Run
from alongside.errors import DataRefusedError
from alongside.insight.intake import OBJECTIONS_FILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def drop(borough: Path, runs: Path, settings: Settings) -> Path:
    """A drop folder with the extracts that the run before read."""
    shutil.copytree(borough / "b" / "extracts", settings.DROP_FOLDER)
    for each in Path(settings.DROP_FOLDER).iterdir():
        os.utime(each, (0, 0))
    return Path(settings.DROP_FOLDER)


def without_its_last_row(file: Path) -> None:
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))


@pytest.mark.proves("FIND-18", "FIND-21")
def test_a_new_extract_becomes_a_run_that_waits_and_the_same_is_not_taken_twice(
    drop: Path, runs: Path
) -> None:
    at = timezone.now() + timedelta(minutes=5)
    assert jobs.watch_drop_folder(at=at) is None
    rent = next(drop.glob("housing_rent*"))
    without_its_last_row(rent)
    run = jobs.watch_drop_folder(at=at)
    assert run is not None
    assert (run.opened_by, run.folder) == ("drop folder", f"{at:%Y-%m-%d}")
    assert run.counts["records"] < jobs.read_run(RUN).counts["records"]
    tell_database(system_actor("the test"))
    assert Release.objects.count() == Person.objects.count() == 0
    assert jobs.watch_drop_folder(at=at) is None
    assert Run.objects.count() == 1


def test_a_file_that_is_still_being_written_is_left_alone(drop: Path) -> None:
    at = timezone.now()
    rent = next(drop.glob("housing_rent*"))
    rent.write_bytes(rent.read_bytes() + b"\n")
    moment = at.timestamp()
    os.utime(rent, (moment, moment))
    assert jobs.watch_drop_folder(at=at) is None


def test_no_run_is_made_while_another_agency_is_still_writing_its_file(drop: Path) -> None:
    at = timezone.now()
    without_its_last_row(next(drop.glob("housing_rent*")))
    half = next(drop.glob("council_tax*"))
    whole, now = half.read_bytes(), at.timestamp()
    half.write_bytes(whole[: len(whole) // 2])
    os.utime(next(drop.glob("housing_rent*")), (1, 1))
    os.utime(half, (now, now))
    assert jobs.watch_drop_folder(at=at) is None
    assert half.name in not_yet(drop, at).words  # type: ignore[union-attr]
    said = StringIO()
    call_command("watch_drop_folder", stdout=said)
    assert f"{half.name} may still be being written" in said.getvalue()
    half.write_bytes(whole)
    assert jobs.watch_drop_folder(at=timezone.now() + timedelta(minutes=2)) is not None


def test_a_file_dated_in_the_future_is_named_as_what_stops_runs(drop: Path) -> None:
    at = timezone.now()
    rent = next(drop.glob("housing_rent*"))
    os.utime(rent, ((at + timedelta(days=1)).timestamp(),) * 2)
    said = not_yet(drop, at)
    assert said is not None
    assert (said.went, rent.name in said.words, "future" in said.words) == (Went.BADLY, True, True)


def test_who_objects_as_alongside_writes_it_keeps_no_run_waiting(drop: Path) -> None:
    at = timezone.now()
    (drop / OBJECTIONS_FILE).write_text("forename,surname\n", "utf-8")
    assert not_yet(drop, at) is None


def test_a_file_of_alongside_that_would_be_the_same_is_left_as_it_is_and_is_no_change(tmp_path: Path) -> None:
    """Or whoever watches the drop folder would see its own file change with every run, and make another."""
    file = tmp_path / OBJECTIONS_FILE
    write_whole(file, ["forename"], [["Amina"]])
    os.utime(file, (0, 0))
    as_it_was = seen(file)
    write_whole(file, ["forename"], [["Amina"]])
    assert seen(file) == as_it_was
    assert list(tmp_path.iterdir()) == [file]
    write_whole(file, ["forename"], [["Bee"]])
    assert "Bee" in file.read_text("utf-8")


def test_an_agencys_own_sub_folder_is_watched_as_it_is_read(drop: Path) -> None:
    at = timezone.now() + timedelta(minutes=5)
    police = next(drop.glob("police*"))
    own = drop / "police"
    own.mkdir()
    police = police.rename(own / police.name)
    assert (first := jobs.watch_drop_folder(at=at)) is not None, "it is another file, by its name"
    assert jobs.watch_drop_folder(at=at) is None
    without_its_last_row(police)
    (own / ".half").write_text("hidden", "utf-8")
    second = jobs.watch_drop_folder(at=at)
    assert second is not None
    assert second.counts["records"] < first.counts["records"]
    (drop / "letters").mkdir()
    (drop / "letters" / "minutes.csv").write_text("a,b\n1,2\n", "utf-8")
    assert jobs.watch_drop_folder(at=at) is not None
    assert jobs.watch_drop_folder(at=at) is None, "one that no source knows makes one run"


def test_a_run_that_was_made_but_not_noted_is_noted_the_next_time(
    drop: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now() + timedelta(minutes=5)
    without_its_last_row(next(drop.glob("housing_rent*")))

    def cut(**_: object) -> Run:
        raise OperationalError("the connection was cut")

    with monkeypatch.context() as patched:
        patched.setattr(drop_job, "open_run", cut)
        with pytest.raises(OperationalError):
            jobs.watch_drop_folder(at=at)
    assert (runs / f"{at:%Y-%m-%d}").is_dir()
    run = jobs.watch_drop_folder(at=at)
    assert run is not None
    assert (run.opened_by, run.folder) == ("drop folder", f"{at:%Y-%m-%d}")
    assert jobs.watch_drop_folder(at=at) is None
    assert Run.objects.count() == 1


def test_one_that_somebody_has_opened_meanwhile_is_not_opened_twice(
    drop: Path, analyst: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now() + timedelta(minutes=5)
    without_its_last_row(next(drop.glob("housing_rent*")))

    def cut(**_: object) -> Run:
        raise OperationalError("the connection was cut")

    with monkeypatch.context() as patched:
        patched.setattr(drop_job, "open_run", cut)
        with pytest.raises(OperationalError):
            jobs.watch_drop_folder(at=at)
    jobs.open_run(actor=analyst, at=at, folder=f"{at:%Y-%m-%d}")
    assert jobs.watch_drop_folder(at=at) is None


def test_nothing_is_left_of_a_run_that_could_not_be_made(
    drop: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DataRefusedError("No.")

    monkeypatch.setattr(drop_job, "find", refuse)
    without_its_last_row(next(drop.glob("housing_rent*")))
    with pytest.raises(DataRefusedError):
        jobs.watch_drop_folder(at=timezone.now() + timedelta(minutes=5))
    assert not (runs / drop_job.MAKING).exists(), "it would look like a change each time"


def test_a_second_look_keeps_off_while_a_run_is_made_and_leaves_its_marker(
    drop: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the first one's run, if that is cut off before it is noted, would be forgotten."""
    at = timezone.now() + timedelta(minutes=5)
    made, marked = drop_job.find, []

    def find(*given: Any, **more: Any) -> object:
        with pytest.raises(drop_job.BeingMadeError, match="Another process"):
            jobs.watch_drop_folder(at=at)
        marked.append((runs / drop_job.MAKING).read_text("utf-8"))
        return made(*given, **more)

    monkeypatch.setattr(drop_job, "find", find)
    without_its_last_row(next(drop.glob("housing_rent*")))
    assert jobs.watch_drop_folder(at=at) is not None
    assert marked == [f"{at:%Y-%m-%d}"]
    assert jobs.watch_drop_folder(at=at) is None, "and it is let go of"


def test_a_refused_run_whose_marker_is_gone_still_says_why_it_was_refused(
    drop: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        (runs / drop_job.MAKING).unlink()
        raise DataRefusedError("No.")

    monkeypatch.setattr(drop_job, "find", refuse)
    without_its_last_row(next(drop.glob("housing_rent*")))
    with pytest.raises(DataRefusedError):
        jobs.watch_drop_folder(at=timezone.now() + timedelta(minutes=5))


def test_a_run_that_was_whole_when_it_was_stopped_is_noted_the_next_time(
    drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now() + timedelta(minutes=5)
    made = drop_job.find

    def stopped_at_the_end(*given: Any, **more: Any) -> object:
        made(*given, **more)
        raise KeyboardInterrupt

    without_its_last_row(next(drop.glob("housing_rent*")))
    with monkeypatch.context() as patched:
        patched.setattr(drop_job, "find", stopped_at_the_end)
        with pytest.raises(KeyboardInterrupt):
            jobs.watch_drop_folder(at=at)
    run = jobs.watch_drop_folder(at=at)
    assert run is not None
    assert run.folder == f"{at:%Y-%m-%d}"


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_run_is_made(drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[object] = []
    made = drop_job.find

    def find(*given: Any, **more: Any) -> object:
        held.append(connection.connection)
        return made(*given, **more)

    monkeypatch.setattr(drop_job, "find", find)
    without_its_last_row(next(drop.glob("housing_rent*")))
    assert jobs.watch_drop_folder(at=timezone.now() + timedelta(minutes=5)) is not None
    assert held == [None]


def test_no_drop_folder_is_no_news(runs: Path) -> None:
    assert jobs.watch_drop_folder(at=timezone.now()) is None


def test_a_file_no_source_knows_makes_one_run_and_not_one_each_time(drop: Path) -> None:
    at = timezone.now() + timedelta(minutes=5)
    (drop / "minutes.csv").write_text("a,b\n1,2\n", "utf-8")
    assert jobs.watch_drop_folder(at=at) is not None
    assert jobs.watch_drop_folder(at=at + timedelta(days=1)) is None


def test_the_command_for_a_timer_says_what_it_did_or_why_it_could_not(drop: Path, runs: Path) -> None:
    said = StringIO()
    call_command("watch_drop_folder", stdout=said)
    assert "nothing new" in said.getvalue()
    rent = next(drop.glob("housing_rent*"))
    without_its_last_row(rent)
    os.utime(rent, (0, 0))
    (runs / RUN / "cohort.csv").write_text("changed", "utf-8")
    with pytest.raises(CommandError, match="was changed after it was written"):
        call_command("watch_drop_folder")
    assert Run.objects.count() == 0

"""The drop folder: new extracts become a run that waits for an approver. Nothing is ever released by it."""

import os
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings
from tests.casework.sources.conftest import RUN

from alongside.casework.access.actors import system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person
from alongside.casework.sources import jobs
from alongside.casework.sources.models import Release, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def drop(borough: Path, runs: Path, settings: Settings) -> Path:
    """A drop folder with the extracts that the run before read."""
    shutil.copytree(borough / "b" / "extracts", settings.DROP_FOLDER)
    return Path(settings.DROP_FOLDER)


@pytest.mark.proves("FIND-18", "FIND-21")
def test_a_new_extract_becomes_a_run_that_waits_and_the_same_is_not_taken_twice(
    drop: Path, runs: Path
) -> None:
    at = timezone.now() + timedelta(minutes=5)
    assert jobs.watch_drop_folder(at=at) is None
    rent = next(drop.glob("housing_rent*"))
    rent.write_bytes(b"".join(rent.read_bytes().splitlines(keepends=True)[:-1]))
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
    rent.write_bytes(b"".join(rent.read_bytes().splitlines(keepends=True)[:-1]))
    os.utime(rent, (0, 0))
    (runs / RUN / "cohort.csv").write_text("changed", "utf-8")
    with pytest.raises(CommandError, match="was changed after it was written"):
        call_command("watch_drop_folder")
    assert Run.objects.count() == 0

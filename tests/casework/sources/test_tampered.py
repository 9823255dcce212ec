"""A run folder changed after it was written: nothing of it is opened, and the sentence says what."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.casework.sources.conftest import RUN

from alongside.casework.access.actors import Actor
from alongside.casework.sources import jobs
from alongside.casework.sources.jobs.runs import pairs_in
from alongside.casework.sources.models import Run
from alongside.errors import DataRefusedError
from alongside.insight.run_folder import MANIFEST, open_run

pytestmark = pytest.mark.django_db
Change = Callable[[Path], None]


def refused(runs: Path, analyst: Actor, at: datetime) -> str:
    with pytest.raises(jobs.RunRefusedError) as told:
        jobs.open_run(actor=analyst, at=at, folder=RUN)
    assert Run.objects.count() == 0
    assert str(runs) not in str(told.value)
    return str(told.value)


def changed_by_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def led_outside(path: Path) -> None:
    """The same bytes, but a link to where somebody may change them later."""
    outside = path.parents[2] / f"outside-{path.name}"
    shutil.move(path, outside)
    path.symlink_to(outside)


def led_to_the_machine(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def never_ending(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: dict[str, Change] = {
    "changed by a bit": changed_by_a_byte,
    "cut off": cut,
    "emptied": lambda path: path.write_bytes(b""),
    "missing": Path.unlink,
    "led outside": led_outside,
    "led to a file of the machine": led_to_the_machine,
    "a pipe nobody writes to": never_ending,
    "a folder": a_folder,
    "grown by a thousand million zeros": lambda path: os.truncate(path, 10**9),
}


FOR_EVERY_FILE = ("changed by a bit", "missing")


@pytest.mark.parametrize("change", CHANGES)
def test_whichever_file_is_changed_it_is_named_and_nothing_is_opened(
    runs: Path, analyst: Actor, at: datetime, change: str
) -> None:
    names = sorted(open_run(runs / RUN).manifest.outputs)
    assert len(names) > 10
    for name in names if change in FOR_EVERY_FILE else names[:3]:
        path = runs / RUN / name
        kept = path.read_bytes()
        CHANGES[change](path)
        assert name in refused(runs, analyst, at), name
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
        path.write_bytes(kept)


def test_a_table_with_other_columns_is_refused_though_its_mark_was_made_to_fit(
    runs: Path, analyst: Actor, at: datetime
) -> None:
    """Who can write the manifest too can make a run that fits itself: it is still no run we can read."""
    from alongside.insight.run_folder import mark

    folder = runs / RUN
    for name in ("cohort.parquet", "review.parquet"):
        before, manifest = (folder / name).read_bytes(), (folder / MANIFEST).read_text(encoding="utf-8")
        pq.write_table(pa.table({"something": ["else"]}), folder / name)
        told = json.loads(manifest)
        told["outputs"][name] = json.loads(mark(folder / name).model_dump_json())
        (folder / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
        assert name in refused(runs, analyst, at)
        (folder / name).write_bytes(before)
        (folder / MANIFEST).write_text(manifest, encoding="utf-8")


def test_a_page_checks_the_file_it_reads_and_no_other_can_be_read_of_that_run(runs: Path) -> None:
    changed_by_a_byte(runs / RUN / "links.parquet")
    run = open_run(runs / RUN, reading=["review.parquet"])
    assert run.table("review.parquet").num_rows == len(pairs_in(run))
    with pytest.raises(DataRefusedError, match=r"holds no links\.parquet"):
        run.table("links.parquet")
    changed_by_a_byte(runs / RUN / "review.parquet")
    with pytest.raises(DataRefusedError, match=r"review\.parquet"):
        open_run(runs / RUN, reading=["review.parquet"])


def test_a_file_that_was_added_is_never_read(runs: Path, analyst: Actor, at: datetime) -> None:
    (runs / RUN / "identity" / "more.parquet").write_bytes(b"PAR1")
    (runs / RUN / "policies.json.bak").symlink_to("/etc/hostname")
    run = jobs.open_run(actor=analyst, at=at, folder=RUN)
    assert run.folder == RUN
    assert "more.parquet" not in open_run(runs / RUN).manifest.outputs

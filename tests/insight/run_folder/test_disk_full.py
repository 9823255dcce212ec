"""A disk without room: a sentence, and nothing half-written."""

import subprocess
import sys
from pathlib import Path

CODE = """
import resource, sys
from pathlib import Path
from alongside.cli.application import app, main
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.run_folder import whole_or_nothing
@app.command()
def write(place: Path):
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    with whole_or_nothing(place) as folder:
        backend = DuckDBBackend(work_dir=folder)
        (folder / "small.txt").write_text("written before the disk was full")
        backend.write_parquet("select hash(i) as h from range(500000) t(i)", folder / "links.parquet")
@app.command()
def other(): ...
main()
"""


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", CODE, "write", tmp_path / "runs" / "run"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 1
    assert told.stderr.startswith("alongside: ")
    assert "Nothing was left half-written. Make room and run it again" in told.stderr
    assert not (tmp_path / "runs").exists(), "the folder it was to make the run in is gone again too"

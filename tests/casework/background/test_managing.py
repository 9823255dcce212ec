"""``alongside manage`` before there is anything: only what begins a partnership makes a database."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.casework.kernel import cluster

ALONGSIDE = [sys.executable, "-c", "from alongside.cli import main; main()"]


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(dir="/tmp", prefix="as-"))  # short: a socket lies in it
    made.chmod(0o711)  # the server has a user of its own, who passes through
    try:
        yield made / "data"
    finally:
        cluster.stop(made / "data")
        shutil.rmtree(made, ignore_errors=True)


def manage(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DATABASE_", "DJANGO_"))}
    return subprocess.run(
        [*ALONGSIDE, "manage", *command],
        env=kept | {"ALONGSIDE_DATA_FOLDER": str(folder)} | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        (["chekc"], 2, "there is no command chekc; did you mean check?"),
        (["creat-partnership"], 2, "did you mean create-partnership?"),
        (["help"], 0, "verify-audit"),
        (["--help"], 0, "seal-second-factors-anew"),
        (["create-partnership", "--help"], 0, "--organisation"),
        (["help", "migrate"], 0, "--fake"),
        (["schedule"], 1, "there is no database in"),
        (["collectstatic", "--no-input"], 1, "start `alongside serve` once"),
    ],
)
def test_a_mistyped_command_a_question_and_what_needs_a_database_make_none(
    folder: Path, command: list[str], code: int, says: str
) -> None:
    told = manage(folder, *command)
    assert (told.returncode, says in told.stdout + told.stderr) == (code, True), told
    assert not folder.exists()


def test_a_mistyped_command_makes_no_key_beside_a_database_of_ones_own(folder: Path) -> None:
    assert manage(folder, "chekc", DATABASE_URL="postgresql:///nowhere").returncode == 2
    assert not folder.exists()


def test_an_empty_database_is_said_to_be_empty_and_a_partnership_begins_in_it(folder: Path) -> None:
    cluster.start(folder)
    for command in ("verify-audit", "schedule", "seal-second-factors-anew"):
        told = manage(folder, command)
        assert told.returncode == 1, told.stderr
        assert f"the database in {folder} is empty; start `alongside serve` once" in told.stderr
    told = manage(
        folder, "create-partnership", "--name", "Elsewhere", "--organisation", "Elsewhere Council",
        "--email", "lena@example.org", "--person", "Lena Marsh",
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "can sign in once with this password" in told.stdout
    verified = manage(folder, "verify-audit")
    assert verified.returncode == 0
    assert f"Read from the database alongside at {folder}/socket, port 5432: " in verified.stdout

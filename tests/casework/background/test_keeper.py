"""What ends by itself is started again, ever more slowly; what was told to stop is not."""

import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.casework.processes import wait_until

from alongside.casework.background.keeper import LASTED, LONGEST_PAUSE, after_end

KEEP = (
    "import sys; from alongside.casework.background.keeper import keep; "
    "keep(sys.argv[2:], first_pause=float(sys.argv[1]))"
)
NOTES_AND = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).open('a').write('x'); "
DIES, STAYS = "sys.exit(3)", "sys.stdin.read()"


@contextmanager
def kept(tmp_path: Path, program: str, *, first_pause: float = 0.02) -> Iterator[subprocess.Popen[str]]:
    """Keep a program that notes each of its beginnings."""
    command = [sys.executable, "-c", NOTES_AND + program, str(begun_in(tmp_path))]
    process = subprocess.Popen(
        [sys.executable, "-c", KEEP, str(first_pause), *command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def begun_in(tmp_path: Path) -> Path:
    return tmp_path / "begun"


def begun(tmp_path: Path) -> int:
    return len(begun_in(tmp_path).read_text()) if begun_in(tmp_path).exists() else 0


def test_what_dies_is_started_again_and_again_and_after_five_times_that_is_said_plainly(
    tmp_path: Path,
) -> None:
    with kept(tmp_path, DIES) as process:
        wait_until(lambda: begun(tmp_path) >= 6, "it was started six times")
        said, errors = process.communicate(timeout=20)  # it closes its input
    assert process.returncode == 0
    assert said == ""
    lines = errors.splitlines()
    assert "has ended on its own (with 3); it is started again in 0.02 seconds" in lines[0]
    assert "again in 0.04 seconds" in lines[1]
    assert "has ended 5 times in a row (with 3), so no automatic jobs are running" in lines[4]


def test_what_stays_is_started_once_and_ends_with_the_input_it_shares(tmp_path: Path) -> None:
    with kept(tmp_path, STAYS) as process:
        wait_until(lambda: begun(tmp_path) == 1, "it has begun")
        assert process.communicate(timeout=20) == ("", "")
    assert (process.returncode, begun(tmp_path)) == (0, 1)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_who_is_told_to_stop_stops_what_it_keeps_and_starts_nothing(
    tmp_path: Path, told: signal.Signals
) -> None:
    with kept(tmp_path, STAYS) as process:
        wait_until(lambda: begun(tmp_path) == 1, "it has begun")
        process.send_signal(told)
        assert process.wait(timeout=20) == 0
    assert begun(tmp_path) == 1


TOLD_WHILE_IT_STARTS = """
import os, signal, subprocess, sys
from alongside.casework.background import keeper

class Started(subprocess.Popen):
    def __init__(self, *given):
        super().__init__(*given)
        os.kill(os.getpid(), signal.Signals[sys.argv[1]])

keeper.subprocess.Popen = Started
keeper.keep(sys.argv[2:])
"""


@pytest.mark.parametrize("told", ["SIGTERM", "SIGINT"])
def test_who_is_told_to_stop_while_it_starts_something_leaves_nothing_running(told: str) -> None:
    stays = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen(
        [sys.executable, "-c", TOLD_WHILE_IT_STARTS, told, *stays],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.wait(timeout=20) == 0
        ended, _, _ = select.select([process.stdout], [], [], 20)  # once nobody has it open any more
        assert ended


def test_who_is_told_to_stop_in_a_pause_does_not_wait_for_its_end(tmp_path: Path) -> None:
    with kept(tmp_path, DIES, first_pause=60) as process:
        assert process.stderr
        assert "again in 60 seconds" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


@pytest.mark.parametrize(
    ("number", "name"), [(signal.SIGKILL, "SIGKILL"), (signal.SIGRTMIN + 1, f"signal {signal.SIGRTMIN + 1}")]
)
def test_what_any_signal_ends_is_started_again_and_the_signal_is_named(
    tmp_path: Path, number: int, name: str
) -> None:
    with kept(tmp_path, f"import os; os.kill(os.getpid(), {int(number)})") as process:
        wait_until(lambda: begun(tmp_path) >= 2, "it was started again")
        _, errors = process.communicate(timeout=20)
    assert f"has ended on its own (with {name})" in errors.splitlines()[0]


def test_a_command_that_cannot_be_started_is_tried_again(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KEEP, "0.02", str(tmp_path / "not-there")],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(0.5)
    _, errors = process.communicate(timeout=20)
    assert errors.count("(with 127)") > 2


def test_pauses_grow_to_a_limit_and_begin_anew_after_one_that_lasted() -> None:
    pauses, in_a_row = [], 0
    for _ in range(12):
        follows = after_end(lasted=1, in_a_row=in_a_row)
        in_a_row = follows.in_a_row
        pauses.append(follows.pause)
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == LONGEST_PAUSE
    assert follows.plainly
    anew = after_end(lasted=LASTED, in_a_row=in_a_row)
    assert (anew.in_a_row, anew.pause, anew.plainly) == (1, 1, False)
    assert after_end(lasted=1, in_a_row=10_000).pause == LONGEST_PAUSE

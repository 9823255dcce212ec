"""Keep the background worker running: if it stops on its own, start it again, after ever longer pauses.

``python -m alongside.casework.background.keeper COMMAND ...`` keeps a command running until its own standard
input ends, which the command shares (see ``kernel.lifeline``), or until it is told to stop. It is a separate
process because ``alongside serve`` becomes the web server, and it loads nothing that could break the worker.
"""

import logging
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alongside.casework.kernel.logs import WithoutValues

LASTED = 300.0
"""Seconds after which a process counts as having run well: the next end is counted as the first again."""
LONGEST_PAUSE = 300.0
_NOT_STARTED = 127  # as in a shell
PLAINLY_AFTER = 5
"""This many ends in a row, each soon after the start, are no longer an accident."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Next:
    """What to do after an end: how many there are in a row, how long to wait, whether to say so plainly."""

    in_a_row: int
    pause: float
    plainly: bool


def after_end(*, lasted: float, in_a_row: int, first_pause: float = 1.0) -> Next:
    """Decide what to do after the end of a process that should not have ended.

    Args:
        lasted: seconds that it ran.
        in_a_row: how many before it ended soon after they started, without one that lasted.
        first_pause: seconds before the first restart; each further pause is twice as long.
    """
    times = 1 if lasted >= LASTED else in_a_row + 1
    pause = min(first_pause * 2.0 ** min(times - 1, 30), LONGEST_PAUSE)
    return Next(times, pause, plainly=times >= PLAINLY_AFTER)


def keep(command: Sequence[str], *, first_pause: float = 1.0) -> None:
    """Run a command, again each time it ends, until standard input ends or this process is told to stop.

    Args:
        command: what to run; it gets this process's standard input.
        first_pause: seconds before the first restart.
    """
    stop = _Stop()
    in_a_row = 0
    while True:
        began = time.monotonic()
        try:
            code = stop.started(command).wait()
        except OSError:  # such as no memory for a process, perhaps for the same reason as before
            code = _NOT_STARTED
        if stop.asked or _input_ended(0):
            return
        follows = after_end(lasted=time.monotonic() - began, in_a_row=in_a_row, first_pause=first_pause)
        in_a_row = follows.in_a_row
        _tell(follows, _how(code))
        if _input_ended(follows.pause):
            return


def _how(code: int) -> str:
    """Name the signal that ended a process, or the status with which it ended."""
    if code >= 0:
        return str(code)
    try:
        return signal.Signals(-code).name
    except ValueError:  # only the first and last real-time signals have names
        return f"signal {-code}"


def _tell(follows: Next, how: str) -> None:
    if follows.plainly:
        _LOG.error(
            "the background worker has ended %s times in a row (with %s), so no automatic jobs are running; "
            "the messages before this say why; it is tried again in %g seconds, and until it keeps running",
            follows.in_a_row, how, follows.pause,
        )  # fmt: skip
    else:
        _LOG.warning(
            "the background worker has ended on its own (with %s); it is started again in %g seconds",
            how, follows.pause,
        )  # fmt: skip


class _Stop:
    """Whether this process was told to stop; if so, the process it keeps is told too."""

    def __init__(self) -> None:
        self.asked = False
        self.process: subprocess.Popen[bytes] | None = None
        self.starting = False
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self._ask)

    def started(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        """Start a command; if this process is told to stop meanwhile, so is the command, once it is running.

        The signals are not blocked, because the started process would inherit that.

        Raises:
            OSError: it cannot be started.
        """
        self.starting = True
        try:
            self.process = subprocess.Popen(command)
        finally:
            self.starting = False
        if self.asked:
            self.process.terminate()
        return self.process

    def _ask(self, *_: Any) -> None:
        self.asked = True
        if self.starting:
            return
        if self.process is None or self.process.returncode is not None:
            sys.exit(0)  # a pause continues after a signal, and may last minutes
        self.process.terminate()


def _input_ended(within: float) -> bool:
    """Say whether standard input has ended, or ends within some seconds; nobody ever writes to it."""
    return bool(select.select([sys.stdin], [], [], within)[0])


def main() -> None:
    """Keep the command given as arguments running."""
    said = logging.StreamHandler()
    said.setFormatter(WithoutValues())
    logging.basicConfig(level=logging.WARNING, handlers=[said])
    keep(sys.argv[1:])


if __name__ == "__main__":
    main()

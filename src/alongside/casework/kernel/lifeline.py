"""A process that lives only as long as another: its input ends when the other does, however it ends."""

import os
import signal
import sys
import threading
import time

GRACE = 30.0
"""Seconds between being asked to end and being killed."""


def end_with_input() -> None:
    """Ask this process to end once its standard input does, and kill it if it does not.

    The process that starts it gives it the reading end of a pipe and keeps the other end open; the system
    closes that end even for a process that was killed.
    """
    threading.Thread(target=_watch, args=(sys.stdin.fileno(),), daemon=True).start()


def _watch(source: int) -> None:
    while os.read(source, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)

"""What a real server serves in the tests of how pages are made: each says how many were made at once."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django

from alongside.casework.kernel.elsewhere import waiting_elsewhere

django.setup()
_LOCK = threading.Lock()
_made = [0]


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Wait until the file in the address is there, here or elsewhere; say how many pages are being made."""
    with _LOCK:
        _made[0] += 1
        at_once = _made[0]
    path = environ["PATH_INFO"]
    if path.startswith("/elsewhere"):
        with _LOCK:
            _made[0] -= 1
        with waiting_elsewhere():
            _wait(Path(environ["QUERY_STRING"]))
        with _LOCK:
            _made[0] += 1
    elif path.startswith("/here"):
        _wait(Path(environ["QUERY_STRING"]))
    with _LOCK:
        _made[0] -= 1
    start("200 OK", [("Content-Type", "text/plain")])
    return [str(at_once).encode()]


def _wait(there: Path) -> None:
    begun = there.with_suffix(f".begun{threading.get_ident()}")
    begun.touch()
    pause = threading.Event()
    for _ in range(1_200):
        if there.exists():
            return
        pause.wait(0.05)
    raise TimeoutError(there)

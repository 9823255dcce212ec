"""While a page waits for somebody else's computer, its process may make another."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Server(Protocol):
    """What serves pages in this process, one at a time."""

    def leave(self) -> None:
        """Let another page be made: one waits elsewhere."""

    def come_back(self) -> None:
        """Let no other be made: that page goes on."""


_SERVING: list[Server] = []


def serves(server: Server) -> None:
    """Say that this process serves pages; a command or a background worker never does."""
    _SERVING[:] = [server]


@contextmanager
def waiting_elsewhere() -> Iterator[None]:
    """Give the place of this page to another for as long as it waits."""
    for each in _SERVING:
        each.leave()
    try:
        yield
    finally:
        for each in _SERVING:
            each.come_back()

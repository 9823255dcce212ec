"""What was checked and recorded while one command or query ran, so that neither can be forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """The permission checks made and the audit events recorded by one command or query itself."""

    name: str
    depth: int
    """How many savepoints are open around it: anything recorded deeper may be undone on its own."""
    checks: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


_OPEN: ContextVar[tuple[Ledger, ...]] = ContextVar("open_ledgers", default=())


@contextmanager
def opened(name: str, *, depth: int) -> Iterator[Ledger]:
    """Keep a ledger of what happens inside; a command inside a command has its own ledger."""
    ledger = Ledger(name, depth)
    token = _OPEN.set((*_OPEN.get(), ledger))
    try:
        yield ledger
    finally:
        _OPEN.reset(token)


def checked(decision: str) -> None:
    """Note that a permission was checked."""
    if ledgers := _OPEN.get():
        ledgers[-1].checks.append(decision)


def recorded(code: str, *, depth: int) -> None:
    """Note that an audit event was recorded; it only counts if it cannot be undone without the rest."""
    if (ledgers := _OPEN.get()) and depth == ledgers[-1].depth:
        ledgers[-1].events.append(code)

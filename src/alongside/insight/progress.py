"""How a long job tells the person waiting what it is doing; the command line and the web each show it."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Protocol


class Progress(Protocol):
    """Somewhere to say what is happening; never given the value of a row."""

    def started(self, stage: str) -> None:
        """A stage began."""

    def said(self, sentence: str) -> None:
        """Something worth knowing happened: a source was refused, a count is known."""

    def finished(self, stage: str, seconds: float) -> None:
        """A stage ended."""


class Silent:
    """Says nothing: for tests and for machine-readable output."""

    def started(self, stage: str) -> None:
        """Nothing."""

    def said(self, sentence: str) -> None:
        """Nothing."""

    def finished(self, stage: str, seconds: float) -> None:
        """Nothing."""


class Stages:
    """Times the stages of a run and passes them on to ``progress``; ``seconds`` keeps them in order."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Run the block as the stage ``name``."""
        self.progress.started(name)
        begun = perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - begun
        self.progress.finished(name, self.seconds[name])

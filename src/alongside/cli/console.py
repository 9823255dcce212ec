"""What a command shows: progress and remarks on standard error, the answer on standard output.

On a terminal progress moves (rich); anywhere else it is plain lines, so that a log stays readable.
"""

import errno
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TextIO

from rich import box
from rich.console import Console
from rich.progress import Progress as RichProgress
from rich.progress import ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from alongside.insight.progress import Progress

_WIDE = 200
"""Width of a table that goes to a file or another program, where no terminal gives one."""


class _Elapsed(ProgressColumn):
    """Elapsed time, in tenths of a second while it is short."""

    def render(self, task: Task) -> Text:
        seconds = (task.finished_time if task.finished else task.elapsed) or 0.0
        return Text(in_words(seconds), style="cyan")


class TerminalProgress:
    """A spinner for what is running, a tick for what is done, each with its time."""

    def __init__(self, live: RichProgress) -> None:
        self._live = live
        self._tasks: dict[str, TaskID] = {}

    def started(self, stage: str) -> None:
        """See ``Progress``."""
        self._tasks[stage] = self._live.add_task(stage, total=1)

    def said(self, sentence: str) -> None:
        """See ``Progress``."""
        self._live.console.print(Text(f"  {sentence}"))

    def finished(self, stage: str, seconds: float) -> None:  # noqa: ARG002 (the spinner keeps its own time)
        """See ``Progress``."""
        self._live.update(self._tasks[stage], completed=1)


class LineProgress:
    """One plain line per thing that happens."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def started(self, stage: str) -> None:
        """See ``Progress``."""
        self._line(f"{stage} ...")

    def said(self, sentence: str) -> None:
        """See ``Progress``."""
        self._line(f"  {sentence}")

    def finished(self, stage: str, seconds: float) -> None:
        """See ``Progress``."""
        self._line(f"{stage}: done in {in_words(seconds)}")

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()


class _Answer(Console):
    """A console whose reader may close it, as ``head`` does; the command line handles that."""

    def on_broken_pipe(self) -> NoReturn:
        """Fail as any other write would; ``rich`` would end the program with an exit code of its own."""
        raise BrokenPipeError(errno.EPIPE, "the reader has gone")


@contextmanager
def progress() -> Iterator[Progress]:
    """Yield progress that suits standard error: moving on a terminal, plain lines otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield LineProgress(sys.stderr)
        return
    columns = (
        SpinnerColumn(finished_text="[green]✓[/]"),
        TextColumn("{task.description}", markup=False),
        _Elapsed(),
    )
    with RichProgress(*columns, console=console) as live:
        yield TerminalProgress(live)


def print_json(answer: Mapping[str, Any]) -> None:
    """Print ``answer`` as the one JSON object on standard output, keys in a fixed order."""
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    sys.stdout.write("\n")


def print_lines(*lines: str) -> None:
    """Print the lines as they are: no colours, no markup, no wrapping."""
    for line in lines:
        sys.stdout.write(line + "\n")


def print_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table under its title; columns of figures are right-aligned."""
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, heading in enumerate(headings):
        figures = place and all(_is_figure(row[place]) for row in rows)
        table.add_column(Text(heading), justify="right" if figures else "left", vertical="bottom")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = _Answer(width=None if sys.stdout.isatty() else _WIDE)
    console.print()
    console.print(Text(title, style="bold"))
    console.print(table)


def _is_figure(cell: str) -> bool:
    return not cell[:1].isalpha()


def in_words(seconds: float) -> str:
    """Say a duration as a person would: ``0.4 s``, ``12 s``, ``3 min 5 s``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"

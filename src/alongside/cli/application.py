"""The application that all commands belong to, and what happens when one of them fails."""

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from alongside import __version__
from alongside.errors import AlongsideError

ASKED_WRONGLY = 2
"""Typer's own code for a wrong option or a path that is not there."""
OUR_DEFECT = 70
"""``EX_SOFTWARE`` of BSD's sysexits: nothing the person did."""
STOPPED = 130
"""128 plus SIGINT, as in a shell."""
OUTPUT_CLOSED = 141
"""128 plus SIGPIPE, as in a shell."""
_STOPPED_SENTENCE = "stopped because you asked. Nothing was left half-written."

app = typer.Typer(
    name="alongside",
    help="Notice people who need help early, and hold risk together with them.",
    epilog="Start with: alongside check AREA EXTRACTS. Every command has --help with an example.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"alongside {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and stop.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Notice people who need help early, and hold risk together with them."""


def main() -> None:
    """Run the command line; the user's mistakes are answered with a sentence, never a traceback.

    With ``--json``, a failure is a JSON object too: ``{"error": {"kind", "message"}, "exit_code"}``.
    """
    asked_to_stop: list[int] = []
    answer = sys.stdout

    def stop(number: int, _: object) -> NoReturn:
        asked_to_stop.append(number)
        raise KeyboardInterrupt

    for each in (signal.SIGINT, signal.SIGTERM):  # an unhandled SIGTERM would leave half-made files behind
        signal.signal(each, stop)
    try:
        app()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(OUTPUT_CLOSED)
    except AlongsideError as error:
        if error.__cause__ is not None and os.environ.get("ALONGSIDE_DEBUG") == "1":
            traceback.print_exc()
        _end(type(error).__name__.removesuffix("Error"), str(error), error.exit_code)
    except SystemExit as ending:  # Typer has already written its sentence to standard error
        if ending.code == ASKED_WRONGLY:
            _print_error("AskedWrongly", "It was used incorrectly; see standard error.", ASKED_WRONGLY)
        elif sys.stdout is not answer:  # Typer met the closed pipe, silenced the output and exits 1
            sys.exit(OUTPUT_CLOSED)
        elif ending.code == STOPPED:
            _end("Stopped", _STOPPED_SENTENCE, STOPPED)
        raise
    except Exception as defect:
        if asked_to_stop:  # an engine stopped during a query raises its own error
            _end("Stopped", _STOPPED_SENTENCE, STOPPED)
        if os.environ.get("ALONGSIDE_DEBUG") == "1":
            traceback.print_exc()
        from alongside.insight.machine import as_machine_error

        if lacking := as_machine_error(defect):
            _end("Machine", str(lacking), lacking.exit_code)
        _end("Defect", _own_up_to(defect), OUR_DEFECT)


def _own_up_to(defect: Exception) -> str:
    """Say where it broke, but not the error's own words: an engine's message may quote somebody's row."""
    ours = [
        frame
        for frame in traceback.extract_tb(defect.__traceback__)
        if f"{os.sep}alongside{os.sep}" in frame.filename
    ]
    place = f" at {Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else ""
    return (
        f"something went wrong, and it is our fault, not yours ({type(defect).__name__}{place}). Nothing was "
        "left half-written. To see the details, run it again with ALONGSIDE_DEBUG=1 in the environment; they "
        "may quote personal data, so read them before you send them to anybody."
    )


def _end(kind: str, sentence: str, exit_code: int) -> None:
    sys.stderr.write(f"alongside: {sentence}\n")
    _print_error(kind, sentence, exit_code)
    sys.exit(exit_code)


def _print_error(kind: str, sentence: str, exit_code: int) -> None:
    """Keep the promise of ``--json`` even when the command failed: one object on standard output."""
    if "--json" in sys.argv:
        error = {"error": {"kind": kind, "message": sentence}, "exit_code": exit_code}
        sys.stdout.write(json.dumps(error, ensure_ascii=False) + "\n")

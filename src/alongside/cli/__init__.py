"""The command line: one module per command. Ends 0 when the job was done, 1 when data was refused, 2 when asked wrongly."""

import sys

import typer

from alongside.errors import AlongsideError

app = typer.Typer(
    name="alongside",
    help="Notice people who need help early, and hold risk together with them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; a person's mistake is answered with a sentence, never a traceback."""
    try:
        app()
    except AlongsideError as error:
        sys.stderr.write(f"alongside: {error}\n")
        sys.exit(error.exit_code)

"""``alongside serve``: the web product, from nothing to pages."""

import os
import subprocess
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from alongside.cli.application import app
from alongside.cli.console import print_lines
from alongside.cli.manage import DJANGO, SETTINGS, bring_up_to_date, need_web, run_step, start_database

EXAMPLE = """Example: alongside serve --plain-http

Without --plain-http or --demonstration, pages answer over HTTPS only: put an HTTPS proxy in front that sets
X-Forwarded-Proto (docs/how-to/run-it.md)."""


KEEPER = [sys.executable, "-m", "alongside.casework.background.keeper"]


@app.command(epilog=EXAMPLE)
def serve(
    port: Annotated[int, typer.Option(help="The port, open to this machine only.", min=1, max=65535)] = 8000,
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="Offer made-up people to sign in as, without HTTPS.")
    ] = False,
    plain_http: Annotated[
        bool, typer.Option("--plain-http", help="Answer this machine only, without HTTPS.")
    ] = False,
    worker: Annotated[
        bool, typer.Option(help="Also run scheduled jobs; if not, use: alongside manage worker.")
    ] = True,
) -> None:
    """Bring the database and static files up to date, then serve the pages until stopped."""
    need_web()
    kind = "demonstration" if demonstration else "plain_http" if plain_http else "production"
    environment = dict(os.environ)
    if kind != "production" or SETTINGS not in environment:
        environment[SETTINGS] = f"alongside.casework.settings.{kind}"
    if kind != "production":
        environment.setdefault("ALONGSIDE_ADDRESS", f"http://localhost:{port}")  # where notices lead
    start_database()
    bring_up_to_date(environment)
    run_step("collectstatic", "--no-input", environment=environment)
    if worker:
        start_worker(environment)
    print_lines(f"Alongside is at http://localhost:{port}/ until you stop it with Ctrl+C.")
    if kind == "production":
        print_lines("It needs an HTTPS proxy in front. To try it on this machine only, add --plain-http.")
    if kind != "demonstration":
        print_lines("To set up a new partnership: alongside manage create-partnership")
    sys.stdout.flush()
    os.execve(sys.executable, gunicorn_command(port), environment)  # noqa: S606 - it becomes the server


def start_worker(environment: dict[str, str]) -> None:
    """Start the background worker and its keeper, to live as long as the server this process becomes.

    Their standard input is a pipe whose other end is held by this process and then by the server's own
    processes: when the last of them is gone, however it went, the pipe closes and both end.
    """
    reading, writing = os.pipe()
    worker = [*DJANGO, "worker", "--until-input-ends"]
    subprocess.Popen([*KEEPER, *worker], stdin=reading, env=environment)
    os.close(reading)
    os.set_inheritable(writing, True)


def gunicorn_command(port: int) -> list[str]:
    """Return the command that starts the server, for this machine only; ``kernel.server`` configures it."""
    command = [
        sys.executable, "-m", "gunicorn", "alongside.casework.wsgi:application",
        "--config", "python:alongside.casework.kernel.server", "--bind", f"127.0.0.1:{port}",
    ]  # fmt: skip
    if int(version("gunicorn").split(".")[0]) >= 27:
        command.append("--no-control-socket")
    return command

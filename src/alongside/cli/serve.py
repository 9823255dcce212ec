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

Without --plain-http or --demonstration pages answer over HTTPS only: put a proxy in front that speaks it and
says so (docs/how-to/run-it.md)."""


KEEPER = [sys.executable, "-m", "alongside.casework.background.keeper"]


@app.command(epilog=EXAMPLE)
def serve(
    port: Annotated[int, typer.Option(help="Where this machine alone finds it.", min=1, max=65535)] = 8000,
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="Offer the made-up people to sign in as, without HTTPS.")
    ] = False,
    plain_http: Annotated[
        bool, typer.Option("--plain-http", help="Answer this machine without HTTPS, and nobody else.")
    ] = False,
    worker: Annotated[
        bool, typer.Option(help="Run beside it what runs by itself; else: alongside manage worker.")
    ] = True,
) -> None:
    """Bring database and static files up to date, then serve the pages until stopped."""
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
        print_lines("It answers a proxy that speaks HTTPS. To try it on this machine alone: --plain-http.")
    if kind != "demonstration":
        print_lines("A new partnership begins with: alongside manage create-partnership")
    sys.stdout.flush()
    os.execve(sys.executable, gunicorn_command(port), environment)  # noqa: S606 - it becomes the server


def start_worker(environment: dict[str, str]) -> None:
    """Start the background worker, and what starts it again, to live as long as what this process becomes.

    Their standard input is a pipe of which this process, and the server's own processes after it, hold the
    other end: when the last of them is gone, however it went, the pipe ends and so do both.
    """
    reading, writing = os.pipe()
    worker = [*DJANGO, "worker", "--until-input-ends"]
    subprocess.Popen([*KEEPER, *worker], stdin=reading, env=environment)
    os.close(reading)
    os.set_inheritable(writing, True)


def gunicorn_command(port: int) -> list[str]:
    """Return how the server is started, for this machine alone; ``kernel.server`` says how it serves."""
    command = [
        sys.executable, "-m", "gunicorn", "alongside.casework.wsgi:application",
        "--config", "python:alongside.casework.kernel.server", "--bind", f"127.0.0.1:{port}",
    ]  # fmt: skip
    if int(version("gunicorn").split(".")[0]) >= 27:
        command.append("--no-control-socket")
    return command

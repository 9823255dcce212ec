"""``alongside serve``: the web product, from nothing to pages."""

import os
import subprocess
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from alongside.cli.application import app
from alongside.cli.console import print_lines
from alongside.cli.manage import SETTINGS, need_web, start_database
from alongside.errors import AlongsideError

EXAMPLE = """Example: alongside serve --demonstration

Without --demonstration pages answer over HTTPS only: put a proxy in front that speaks it and says so."""


class NotReadyError(AlongsideError):
    """A step before serving failed; the step itself has said why."""


@app.command(epilog=EXAMPLE)
def serve(
    port: Annotated[int, typer.Option(help="Where this machine alone finds it.", min=1, max=65535)] = 8000,
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="Offer the made-up people to sign in as, without HTTPS.")
    ] = False,
) -> None:
    """Bring database and static files up to date, then serve the pages until stopped."""
    need_web()
    settings = f"alongside.casework.settings.{'demonstration' if demonstration else 'production'}"
    environment = os.environ | ({SETTINGS: settings} if demonstration else {})
    environment.setdefault(SETTINGS, settings)
    start_database()
    from alongside.casework.kernel.database import AS_OWNER

    for step, role in (
        (["migrate", "--verbosity", "0"], {AS_OWNER: "1"}),
        (["grant_application", "--verbosity", "0"], {AS_OWNER: "1"}),
        (["collectstatic", "--no-input", "--verbosity", "0"], {}),
    ):
        done = subprocess.run([sys.executable, "-m", "django", *step], env=environment | role, check=False)
        if done.returncode:
            raise NotReadyError(f"the pages are not served: {step[0]} failed, and said why above")
    print_lines(f"Alongside is at http://localhost:{port}/ until you stop it with Ctrl+C.")
    sys.stdout.flush()
    os.execve(sys.executable, gunicorn_command(port), environment)  # noqa: S606 - it becomes the server


def gunicorn_command(port: int) -> list[str]:
    """Return how the server is started: two processes of four threads, heard on this machine alone."""
    command = [
        sys.executable, "-m", "gunicorn", "alongside.casework.wsgi:application",
        "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning",
    ]  # fmt: skip
    if int(version("gunicorn").split(".")[0]) >= 27:
        command.append("--no-control-socket")
    return command

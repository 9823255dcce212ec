"""A separate partnership in a temporary folder: its database, its pages, and an empty page beside them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from tempfile import TemporaryDirectory

from benchmarks.asking import ask
from benchmarks.measuring import ROOT

EMPTY_PORT = 8572
_CLUSTER = (
    "import django; django.setup(); from django.conf import settings; "
    "from alongside.casework.kernel import cluster; cluster.{}(settings.DATA_FOLDER)"
)


@contextmanager
def partnership() -> Iterator[dict[str, str]]:
    """Start a database with its tables and nobody in it; give the environment for whatever uses it."""
    with TemporaryDirectory(prefix="alongside-bench-") as folder:
        environment = os.environ | {
            "ALONGSIDE_DATA_FOLDER": folder,
            "ALONGSIDE_RUNS": f"{folder}/runs",
            "DJANGO_SETTINGS_MODULE": "alongside.casework.settings.demonstration",
            "PYTHONPATH": str(ROOT),
        }
        owner = environment | {"ALONGSIDE_AS_OWNER": "1"}
        steps = (["migrate", "-v0"], ["grant_application", "-v0"], ["collectstatic", "--no-input", "-v0"])
        try:
            subprocess.run(python("-c", _CLUSTER.format("start")), env=environment, check=True)
            for step in steps:
                subprocess.run(python("-m", "django", *step), env=owner, check=True)
            yield environment
        finally:
            subprocess.run(python("-c", _CLUSTER.format("stop")), env=environment, check=True)


def fill_with_the_universe(environment: dict[str, str], *arguments: str) -> None:
    """Fill it with the named universe, as in the demonstration."""
    made = python("-m", "tools.universe", *arguments)
    subprocess.run(made, env=environment, check=True, stdout=subprocess.DEVNULL)


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python."""
    return [sys.executable, *arguments]


@contextmanager
def served(environment: dict[str, str], port: int) -> Iterator[None]:
    """Serve the pages as ``alongside serve`` does."""
    from alongside.cli.serve import gunicorn_command

    server = subprocess.Popen(gunicorn_command(port), env=environment)
    try:
        for _ in range(100):
            try:
                ask(port, "GET", "/sign-in/")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def served_empty(environment: dict[str, str]) -> AbstractContextManager[None]:
    """Serve an empty page, to compare with."""
    return served(environment | {"DJANGO_SETTINGS_MODULE": "benchmarks.empty_page"}, EMPTY_PORT)

"""Real processes of Alongside on the tests' own database, in the application's role."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from alongside.casework.kernel.database import AS_OWNER, database_settings


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a process needs to act on this test's database as the application, with folders of its own."""
    call_command("grant_application", verbosity=0)
    given = {
        key: value for key, value in os.environ.items() if not key.startswith(("ALONGSIDE_", "DATABASE_"))
    }
    was, os.environ[AS_OWNER] = os.environ.get(AS_OWNER, ""), "0"
    try:
        role = database_settings(Path(settings.DATA_FOLDER))
    finally:
        os.environ[AS_OWNER] = was
    place = urlencode({"host": role["HOST"]})
    address = (
        f"postgresql://{role['USER']}:{quote(role['PASSWORD'])}@:{role['PORT']}/"
        f"{connection.settings_dict['NAME']}?{place}"
    )
    return given | {
        "DATABASE_URL": address,
        "ALONGSIDE_DATA_FOLDER": str(folder),
        "DJANGO_SETTINGS_MODULE": "alongside.casework.settings.plain_http",
        **more,
    }


@contextmanager
def background_worker(given: dict[str, str], *options: str) -> Iterator[subprocess.Popen[str]]:
    """A background worker that is soon believed gone."""
    quick = ["--heartbeat", "0.3", "--stalled-after", "1.5"]
    command = [sys.executable, "-m", "django", "worker", *quick, *options]
    process = subprocess.Popen(
        command, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(so: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, f"waited {seconds} seconds, and still not: {what}"
        time.sleep(0.1)

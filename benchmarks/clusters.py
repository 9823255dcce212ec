"""A separate PostgreSQL in a temporary folder, with empty tables."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

_CLUSTER = (
    "import django; django.setup(); from django.conf import settings; "
    "from alongside.casework.kernel import cluster; cluster.{}(settings.DATA_FOLDER)"
)


@contextmanager
def own_cluster() -> Iterator[dict[str, str]]:
    """Start it and make the tables; yield the settings by which a process finds it, then stop it."""
    with TemporaryDirectory(prefix="alongside-bench-") as folder:
        settings = {
            "ALONGSIDE_DATA_FOLDER": folder,
            "ALONGSIDE_RUNS": f"{folder}/runs",
            "ALONGSIDE_AS_OWNER": "1",  # row-level security is forced, and so holds for the owner too
            "DJANGO_SETTINGS_MODULE": "alongside.casework.settings.demonstration",
        }
        environment = os.environ | settings
        subprocess.run([sys.executable, "-c", _CLUSTER.format("start")], env=environment, check=True)
        try:
            subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
            yield settings
        finally:
            subprocess.run([sys.executable, "-c", _CLUSTER.format("stop")], env=environment, check=True)

"""What holds for every test."""

import fcntl
import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Whoever runs the tests in the background may have told them not to hear an interrupt; what they try must.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no defect. A submission is tried on the same examples each time; else new ones are sought.
settings.register_profile(
    "ours",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("ours")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the private cluster, once whatever the number of workers, unless DATABASE_URL names another."""
    from django.conf import settings as django_settings

    from alongside.casework.kernel import cluster

    if "DATABASE_URL" not in os.environ:
        folder = Path(django_settings.DATA_FOLDER)
        folder.mkdir(mode=0o700, exist_ok=True)
        with (folder / "starting").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            cluster.start(folder)

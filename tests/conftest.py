"""What holds for every test."""

import fcntl
import os
import signal
from pathlib import Path

import psycopg
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
    """Start the tests' own cluster, once whatever the number of workers, unless DATABASE_URL names another.

    It need not outlive a loss of power, as a partnership's must: so it does not wait for the disk.
    """
    from django.conf import settings as django_settings

    from alongside.casework.kernel import cluster
    from alongside.casework.kernel.database import OWNER, PORT, SOCKET, password_of

    if "DATABASE_URL" not in os.environ:
        folder = Path(django_settings.DATA_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "starting").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            cluster.start(folder)
            with psycopg.connect(
                host=str(folder / SOCKET), port=PORT, user="postgres", dbname="postgres",
                password=password_of("postgres", folder), autocommit=True,
            ) as opened:  # fmt: skip
                # a database that tests are done with goes, also where a process of theirs is still in it
                opened.execute(f"grant pg_signal_backend to {OWNER}")
                for name in ("fsync", "full_page_writes", "synchronous_commit"):
                    opened.execute(f"alter system set {name} = off")
                opened.execute("select pg_reload_conf()")

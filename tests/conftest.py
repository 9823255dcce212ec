"""What holds for every test."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from tests.migrated import migrated
from tools import tree

OWN_CLUSTER = "DATABASE_URL" not in os.environ

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


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin with the longest that many wait for, while there are workers that gather their tests."""
    if getattr(session.config.option, "numprocesses", None) and OWN_CLUSTER:
        making = subprocess.Popen(
            [sys.executable, "-m", "tests.migrated"], cwd=tree.ROOT, stdin=subprocess.DEVNULL
        )
        session.config.add_cleanup(lambda: (making.kill(), making.wait()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Copy what was migrated before, unless DATABASE_URL names a cluster that is not the tests' own."""
    from django.conf import settings as django_settings
    from django.db import connection

    if OWN_CLUSTER:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated(Path(django_settings.DATA_FOLDER))

"""A database with every table and no row, kept in the tests' own cluster for each worker to copy.

Making it takes longer than any test. It is made anew when a line of ours or the version of anything
installed is another, and ``python -m tests.migrated`` makes it while the tests are still being gathered.
"""

import fcntl
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

import psycopg
from tools.tree import ROOT

NAMED = "migrated_"


@contextmanager
def cluster_of_tests(folder: Path) -> Iterator[psycopg.Connection]:
    """Start the cluster, once whatever the number of workers; give its superuser, alone in it of ours.

    It need not outlive a loss of power, as a partnership's must: so it does not wait for the disk.
    """
    from alongside.casework.kernel import cluster
    from alongside.casework.kernel.database import OWNER, PORT, SOCKET, password_of

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
            yield opened


def migrated(folder: Path) -> str:
    """Name of the database to copy, made if it is not there yet; who asks is in no database afterwards."""
    from django.core.management import call_command
    from django.db import connection

    from alongside.casework.kernel.database import OWNER

    name = NAMED + _what_it_is_made_of()
    with cluster_of_tests(folder) as opened:
        kept = opened.execute("select datname from pg_database where starts_with(datname, %s)", [NAMED])
        there = {each for (each,) in kept}
        if name not in there:
            for each in sorted(there | {f"{NAMED}begun"}):
                opened.execute(f'drop database if exists "{each}" with (force)')
            opened.execute(f'create database "{NAMED}begun" owner {OWNER}')
            was, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], f"{NAMED}begun"
            try:
                call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
            finally:
                connection.close()
                connection.close_pool()
                connection.settings_dict["NAME"] = was
            opened.execute(f'alter database "{NAMED}begun" rename to "{name}"')  # whole, or not there
    return name


def _what_it_is_made_of() -> str:
    made_of = hashlib.sha256()
    for path in sorted(path for path in (ROOT / "src").rglob("*") if path.suffix in (".py", ".sql")):
        made_of.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    installed = sorted(f"{each.name} {each.version}" for each in distributions())
    made_of.update("\n".join([sys.version, *installed]).encode())
    return made_of.hexdigest()[:32]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.casework.settings.tests")
    import django
    from django.conf import settings

    django.setup()
    migrated(Path(settings.DATA_FOLDER))

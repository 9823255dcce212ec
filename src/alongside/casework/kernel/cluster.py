"""A private PostgreSQL in the data folder: nothing to install by hand, if it can be installed for you.

It listens on a socket only, asks for passwords (SCRAM), keeps its files private to its owner, and never runs
as root: root hands it to the user ``postgres``.
"""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from alongside.casework.kernel.database import APPLICATION, DATABASE, OWNER, PORT, SOCKET, password_of
from alongside.errors import AlongsideError

NOT_ROOT = "postgres"
LONGEST_SOCKET = 90
"""Bytes of the path of a socket's folder; the system allows 107, including the socket's own name."""
_WITHOUT_VALUES = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
"""The server logs errors without the statement and the row, which contain personal data."""
_BINARIES = ("initdb", "pg_ctl", "postgres")


class NoPostgreSQLError(AlongsideError):
    """There is no PostgreSQL to start; the message says what to install or set."""


def start(data_folder: Path) -> None:
    """Start the private cluster, making it first if necessary; do nothing if it is running already.

    Raises:
        NoPostgreSQLError: no server is installed, or it did not start.
    """
    cluster, socket = data_folder / "postgres", data_folder / SOCKET
    if len(os.fsencode(socket)) > LONGEST_SOCKET:
        raise NoPostgreSQLError(
            f"the path of the data folder is too long for a socket ({socket}); set ALONGSIDE_DATA_FOLDER to "
            "a shorter one, or DATABASE_URL to a PostgreSQL of your own"
        )
    binaries = _binaries()
    data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket.mkdir(mode=0o711, exist_ok=True)
    if os.geteuid() == 0:
        data_folder.chmod(0o711)  # the server's user can pass through, but cannot list it
    _own(socket)
    if not (cluster / "PG_VERSION").is_file():
        _make(binaries, cluster, password_of("postgres", data_folder))
    if _run(binaries / "pg_ctl", "status", "-D", cluster).returncode:
        options = f"-k '{socket}' -p {PORT} -c listen_addresses='' -c unix_socket_permissions=0777"
        started = _run(
            binaries / "pg_ctl", "start", "--wait", "-D", cluster, "-l", cluster / "server.log", "-o", options
        )
        if started.returncode:
            raise NoPostgreSQLError(
                f"PostgreSQL did not start; {cluster / 'server.log'} says why. If another program is using "
                "the folder, stop it, or set ALONGSIDE_DATA_FOLDER to another folder"
            )
    _make_ready(data_folder)


def stop(data_folder: Path) -> None:
    """Stop the private cluster, waiting until its connections have ended; do nothing if it is not running."""
    cluster = data_folder / "postgres"
    if (cluster / "postmaster.pid").is_file():
        _run(_binaries() / "pg_ctl", "stop", "--wait", "-m", "fast", "-D", cluster)


def _binaries() -> Path:
    """The folder of the newest server that is installed."""
    found = sorted(
        (folder for folder in Path("/usr/lib/postgresql").glob("*/bin")),
        key=lambda folder: float(folder.parent.name),
    )
    if on_path := shutil.which("pg_ctl"):
        found.append(Path(on_path).resolve().parent)
    for folder in reversed(found):
        if all((folder / name).exists() for name in _BINARIES):
            return folder
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        # without the cluster that the package would create and start, which nobody asked for
        subprocess.run(
            [
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                "postgresql",
                "postgresql-contrib",
            ],
            check=False,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        if list(Path("/usr/lib/postgresql").glob("*/bin")):
            return _binaries()
    raise NoPostgreSQLError(
        "PostgreSQL is not installed; install it (on Debian: sudo apt-get install postgresql), or set "
        "DATABASE_URL to the address of one you have"
    )


def _make(binaries: Path, cluster: Path, password: str) -> None:
    cluster.mkdir(mode=0o700)
    _own(cluster)
    given = cluster.parent / "password-given"
    given.touch(mode=0o600)
    given.write_text(password, encoding="ascii")
    _own(given)
    made = _run(
        binaries / "initdb", "-D", cluster, "-U", "postgres", "--auth=scram-sha-256", "--encoding=UTF8",
        "--locale=C.UTF-8", f"--pwfile={given}", "--no-instructions",
    )  # fmt: skip
    given.unlink()
    if made.returncode:
        shutil.rmtree(cluster)
        raise NoPostgreSQLError(f"PostgreSQL could not make its files in {cluster}: {made.stderr.strip()}")


def _make_ready(data_folder: Path) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(
        host=str(data_folder / SOCKET),
        port=PORT,
        user="postgres",
        password=password_of("postgres", data_folder),
        dbname="postgres",
        autocommit=True,
    ) as connection:
        for name, value in _WITHOUT_VALUES.items():
            connection.execute(
                sql.SQL("alter system set {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
        connection.execute("select pg_reload_conf()")
        for role, may in ((OWNER, "createdb"), (APPLICATION, "nocreatedb")):
            if not connection.execute("select from pg_roles where rolname = %s", [role]).fetchall():
                connection.execute(
                    sql.SQL("create role {} login {} nosuperuser nobypassrls password {}").format(
                        sql.Identifier(role), sql.SQL(may), sql.Literal(password_of(role, data_folder))
                    )
                )
        if not connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchall():
            connection.execute(
                sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def _own(*paths: Path) -> None:
    """Give the files that the server uses to the user it runs as, if that is not this one."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(NOT_ROOT)
        for path in paths:
            os.chown(path, user.pw_uid, user.pw_gid)


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs, not as root, and without keeping our own output open."""
    as_whom = ["setpriv", "--reuid", NOT_ROOT, "--regid", NOT_ROOT, "--init-groups"]
    return subprocess.run(
        [*(as_whom if os.geteuid() == 0 else []), *map(str, command)],
        stdin=subprocess.DEVNULL,
        capture_output=command[1] != "start",
        stdout=subprocess.DEVNULL if command[1] == "start" else None,
        stderr=subprocess.DEVNULL if command[1] == "start" else None,
        text=True,
        check=False,
        cwd="/",
    )

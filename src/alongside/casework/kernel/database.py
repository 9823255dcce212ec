"""Which database to use: the one an address names, or else the private cluster in the data folder.

Two roles. The *owner* migrates; the *application* reads and writes rows, and can change neither the tables
nor the triggers and policies that guard them.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from alongside.casework.kernel.secrets import kept_secret
from alongside.errors import AskedWronglyError

OWNER, APPLICATION = "alongside_owner", "alongside_app"
DATABASE = "alongside"
SOCKET = "socket"
"""Folder inside the data folder where the private cluster listens, and nowhere else."""
PORT = 5432
AS_OWNER = "ALONGSIDE_AS_OWNER"
"""Set to 1 in the environment of whatever migrates."""


def data_folder() -> Path:
    """Return the folder for the private cluster and secrets: ``ALONGSIDE_DATA_FOLDER``, or else ``data``."""
    return Path(os.environ.get("ALONGSIDE_DATA_FOLDER", "data")).resolve()


def database_settings(folder: Path) -> dict[str, Any]:
    """Return Django's settings of the database for the role this process acts in.

    Raises:
        AskedWronglyError: an address is not that of a PostgreSQL database.
    """
    as_owner = os.environ.get(AS_OWNER) == "1"
    address = os.environ.get("DATABASE_URL")
    if as_owner and (owners := os.environ.get("DATABASE_OWNER_URL")):
        address = owners
    if address:
        return {**_COMMON, **_from_address(address)}
    role = OWNER if as_owner else APPLICATION
    return {
        **_COMMON,
        "NAME": DATABASE,
        "USER": role,
        "PASSWORD": password_of(role, folder),
        "HOST": str(folder / SOCKET),
        "PORT": PORT,
    }


_COMMON: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "connect_timeout": 5,
        # the planner overestimates the cost of the walls, and would compile queries that take a millisecond
        "options": "-c jit=off",
        # plans are kept for what is asked more than five times on a connection: with row-level security,
        # planning takes longer than answering. Both are needed: only bound queries can be kept. A refusal,
        # which rolls back, drops all of a connection's plans, and they are made again
        "server_side_binding": True,
        "prepare_threshold": 5,
        # a pool that cannot connect waits longer after each try, and while it waits nobody else may try: it
        # must give up soon, so that the first request after the database is back is answered
        "pool": {"min_size": 1, "max_size": 8, "timeout": 2, "reconnect_timeout": 0.5},
    },
}


def password_of(role: str, folder: Path) -> str:
    """Return the password of a role of the private cluster."""
    return kept_secret(folder / f"password-{role}")


def _from_address(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise AskedWronglyError(
            "DATABASE_URL must be the address of a PostgreSQL database, as in "
            "postgresql://user:password@host:5432/alongside"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": parts.port or PORT,
        "OPTIONS": {**_COMMON["OPTIONS"], **options},
    }

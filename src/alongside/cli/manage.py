"""``alongside manage``: what is done with the web product where it is installed."""

import os
import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from alongside.cli.application import app
from alongside.errors import AlongsideError

SETTINGS = "DJANGO_SETTINGS_MODULE"
BY_OWNER = ("migrate", "makemigrations", "grant_application")
"""What changes tables or says who may; all else is done in the application's role, which cannot."""


class NoWebError(AlongsideError):
    """The web product is not installed."""


@app.command(
    epilog="Example: alongside manage create-partnership",
    context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True},
)
def manage(
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="COMMAND ...", help="One of Django's or ours, such as verify-audit; help lists them all."
        ),
    ],
) -> None:
    """Run a command of the web product, with its database started unless DATABASE_URL names one."""
    command = arguments[0].replace("-", "_")
    need_web()
    os.environ.setdefault(SETTINGS, "alongside.casework.settings.production")
    from alongside.casework.kernel.database import AS_OWNER

    if command in BY_OWNER:
        os.environ[AS_OWNER] = "1"
    start_database()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["alongside manage", command, *arguments[1:]])
    sys.stdout.flush()


def need_web() -> None:
    """Go on only where the web product is installed.

    Raises:
        NoWebError: it is not.
    """
    if find_spec("django") is None:
        raise NoWebError(
            "the web pages are not installed here, only finding; install them with: "
            "pip install 'alongside[web]'"
        )


def start_database() -> None:
    """Start the private cluster in the data folder, unless ``DATABASE_URL`` names another database."""
    if "DATABASE_URL" not in os.environ:
        from alongside.casework.kernel import cluster
        from alongside.casework.kernel.database import data_folder

        cluster.start(data_folder())

"""``alongside manage``: commands for the web product on the machine where it is installed."""

import os
import subprocess
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from alongside.cli.application import app
from alongside.errors import AlongsideError, AskedWronglyError

SETTINGS = "DJANGO_SETTINGS_MODULE"
DJANGO = [sys.executable, "-m", "django"]
BY_OWNER = ("migrate", "makemigrations", "grant_application")
"""What changes tables or grants rights; everything else runs in the application's role, which cannot."""
BEGINNING = ("create_partnership", "migrate")
"""What may create the private cluster if there is none: a mistyped word must not leave a server running."""


class NoWebError(AlongsideError):
    """The web product is not installed."""


class NotReadyError(AlongsideError):
    """The database is missing, or not up to date for this version; the message says what to do."""


def our_commands() -> list[str]:
    """Return the names of our own commands, as they are typed; none if only finding is installed."""
    casework = find_spec("alongside.casework")
    places = casework.submodule_search_locations if casework else None
    files = [file for place in places or () for file in Path(place).glob("*/management/commands/[a-z]*.py")]
    return sorted(file.stem.replace("_", "-") for file in files)


@app.command(
    epilog=f"Ours: {', '.join(our_commands())}. `alongside manage COMMAND --help` says more about one. "
    "Example: alongside manage create-partnership",
    context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True},
)
def manage(
    context: typer.Context,
    arguments: Annotated[
        list[str],
        typer.Argument(metavar="COMMAND ...", help="One of ours, such as verify-audit, or one of Django's."),
    ],
) -> None:
    """Run a command of the web product, starting its database unless DATABASE_URL names one."""
    if arguments[0] in ("help", "-h"):
        if not arguments[1:]:
            typer.echo(context.get_help())
            return
        arguments = [arguments[1], "--help"]
    command = arguments[0].replace("-", "_")
    need_web()
    _must_be_known(command)
    os.environ.setdefault(SETTINGS, "alongside.casework.settings.production")
    if not {"--help", "-h"}.isdisjoint(arguments[1:]):
        with TemporaryDirectory() as nowhere:  # settings make a key if there is none; help must make nothing
            os.environ["ALONGSIDE_DATA_FOLDER"] = nowhere
            _execute(command, "--help")
    from alongside.casework.kernel.database import AS_OWNER

    if command not in BEGINNING:
        _must_have_begun()
    if command in BY_OWNER:
        os.environ[AS_OWNER] = "1"
    start_database()
    if command.replace("_", "-") in our_commands() and command not in BY_OWNER:
        _make_ready(command)
    _execute(command, *arguments[1:])
    sys.stdout.flush()


def need_web() -> None:
    """Go on only if the web product is installed.

    Raises:
        NoWebError: it is not.
    """
    if find_spec("django") is None:
        raise NoWebError(
            "only finding is installed here, not the web pages; install them with: "
            "pip install 'alongside[web]'"
        )


def start_database() -> None:
    """Start the private cluster in the data folder, unless ``DATABASE_URL`` names another database."""
    if "DATABASE_URL" not in os.environ:
        from alongside.casework.kernel import cluster
        from alongside.casework.kernel.database import data_folder

        cluster.start(data_folder())


def bring_up_to_date(environment: Mapping[str, str]) -> None:
    """Bring the tables up to date as their owner, and let the application's role use them.

    Raises:
        NotReadyError: a step failed; the step itself has said why.
    """
    from alongside.casework.kernel.database import AS_OWNER

    for step in ("migrate", "grant_application"):
        run_step(step, environment=dict(environment) | {AS_OWNER: "1"})


def run_step(*step: str, environment: Mapping[str, str]) -> None:
    """Run one of Django's commands quietly, in a process of its own.

    Raises:
        NotReadyError: it failed; it has said why itself.
    """
    done = subprocess.run([*DJANGO, *step, "--verbosity", "0"], env=environment, check=False)
    if done.returncode:
        raise NotReadyError(f"{step[0]} failed, and said why above")


def _execute(command: str, *arguments: str) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["alongside manage", command, *arguments])


def _must_be_known(command: str) -> None:
    """Refuse an unknown command before making anything for it; this does not read the settings."""
    import django.core.management as djangos

    from alongside.casework.settings.installed import INSTALLED_APPS

    known = set(djangos.find_commands(djangos.__path__[0]))
    for each in INSTALLED_APPS:
        found = find_spec(each)
        for place in (found and found.submodule_search_locations) or ():
            known |= set(djangos.find_commands(str(Path(place) / "management")))
    if command in known:
        return
    near = get_close_matches(command, sorted(known), n=1)
    perhaps = f"did you mean {near[0].replace('_', '-')}? " if near else ""
    raise AskedWronglyError(
        f"there is no command {command.replace('_', '-')}; {perhaps}"
        "alongside manage --help lists the commands"
    )


def _must_have_begun() -> None:
    from alongside.casework.kernel.database import data_folder

    folder = data_folder()
    if "DATABASE_URL" not in os.environ and not (folder / "postgres" / "PG_VERSION").exists():
        raise NotReadyError(
            f"there is no database in {folder}; start `alongside serve` once, or set ALONGSIDE_DATA_FOLDER "
            "to your data folder"
        )


def _make_ready(command: str) -> None:
    """Make the tables for commands that begin a partnership; for any other, say if they are missing."""
    import django

    django.setup()
    from alongside.casework.kernel.database import data_folder
    from alongside.casework.kernel.readiness import readiness

    found = readiness()
    if found == "ready":
        return
    if command in BEGINNING:
        bring_up_to_date(os.environ)
        return
    where = "named by DATABASE_URL" if "DATABASE_URL" in os.environ else f"in {data_folder()}"
    raise NotReadyError(
        f"the database {where} is {'empty' if found == 'empty' else 'not up to date with this version'}; "
        "start `alongside serve` once, or set ALONGSIDE_DATA_FOLDER to another folder"
    )

"""``alongside manage verify-audit``."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from alongside.casework.audit.anchor import Anchor
from alongside.casework.audit.verification import verify_chain
from alongside.errors import AlongsideError


class Command(BaseCommand):
    """Whether anybody changed, removed, added or moved an audit event."""

    help = (
        "Go through the chain of audit events and report every event that was changed, is missing or was "
        "moved. Exits 1 if there is one, or no event at all. With --anchor FILE, which should be on another "
        "machine, it also notices if the end was cut off, and adds where the chain ends now to the file; run "
        "it every night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--anchor", metavar="FILE", type=Path, help="The file that lists where it ended.")
        parser.add_argument("--begin", action="store_true", help="Make the file for the first time.")

    def handle(self, *_: Any, anchor: Path | None, begin: bool, **__: Any) -> None:
        """Verify and report."""
        kept = Anchor(anchor) if anchor else None
        try:
            if begin:
                if kept is None:
                    raise CommandError("--begin needs --anchor FILE.")
                kept.begin()
            found = verify_chain(anchored=kept.known() if kept else None)
            for problem in found.problems:
                self.stderr.write(problem)
            self.stdout.write(
                f"Read from the database {_database()}: {found.events:,} events; "
                f"the last one's hash is {found.head}"
            )
            if found.problems:
                sys.exit(1)
            if not found.events:  # a partnership begins with one: this is another database
                raise CommandError(
                    "there is no audit event, so nothing was verified; this is not the database your members "
                    "use. Set ALONGSIDE_DATA_FOLDER to your data folder, or DATABASE_URL to your database, "
                    "and run this again."
                )
            if kept:
                kept.hold(at=timezone.now(), event=found.events, digest=found.head)
        except AlongsideError as error:
            raise CommandError(str(error)) from None


def _database() -> str:
    """Which database was read, without the password."""
    settings = connection.settings_dict
    return f"{settings['NAME']} at {settings['HOST'] or 'this machine'}, port {settings['PORT']}"

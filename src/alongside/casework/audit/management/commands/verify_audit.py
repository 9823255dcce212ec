"""``alongside manage verify-audit``."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alongside.casework.audit.anchor import Anchor
from alongside.casework.audit.verification import verify_chain
from alongside.errors import AlongsideError


class Command(BaseCommand):
    """Whether anybody changed, took out, added or moved an audit event."""

    help = (
        "Go through the chain of audit events and tell every event that was changed, is missing or moved. "
        "Ends 1 if there is one. With --anchor FILE, which should lie on another machine, it finds an end "
        "that was cut off, and adds to the file where the chain ends now; run it every night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the anchor."""
        parser.add_argument("--anchor", metavar="FILE", type=Path, help="Where ends are kept.")
        parser.add_argument("--begin", action="store_true", help="Make the file, not there yet.")

    def handle(self, *_: Any, anchor: Path | None, begin: bool, **__: Any) -> None:
        """Verify and tell."""
        kept = Anchor(anchor) if anchor else None
        try:
            if begin:
                if kept is None:
                    raise CommandError("--begin needs --anchor FILE.")
                kept.begin()
            found = verify_chain(anchored=kept.known() if kept else None)
            for problem in found.problems:
                self.stderr.write(problem)
            self.stdout.write(f"{found.events:,} events; the last one's hash is {found.head}")
            if found.problems:
                sys.exit(1)
            if kept and found.events:
                kept.hold(at=timezone.now(), event=found.events, digest=found.head)
        except AlongsideError as error:
            raise CommandError(str(error)) from None

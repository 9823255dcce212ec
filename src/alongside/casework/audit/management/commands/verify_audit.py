"""``alongside manage verify-audit``."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from alongside.casework.audit.verification import verify_chain


class Command(BaseCommand):
    """Whether anybody changed, took out, added or moved an audit event."""

    help = (
        "Go through the chain of audit events and tell every event that was changed, is missing or moved. "
        "Ends 1 if there is one. Keep the last line elsewhere: it proves later that nothing was rewritten."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        """Verify and tell."""
        found = verify_chain()
        for problem in found.problems:
            self.stderr.write(problem)
        self.stdout.write(f"{found.events:,} events; the last one's hash is {found.head}")
        if found.problems:
            sys.exit(1)

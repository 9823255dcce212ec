"""``alongside manage schedule``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from alongside.casework.access.actors import system_actor
from alongside.casework.background import presenters, queries


class Command(BaseCommand):
    """The automatic jobs, on a terminal."""

    help = "Show the automatic jobs: how often each runs, when it last ran, the result and the next run."

    def handle(self, *_: Any, **__: Any) -> None:
        """Show it."""
        page = presenters.page(queries.what_runs(actor=system_actor("Installation")), at=timezone.now())
        self.stdout.write(page.worker)
        for line in page.lines:
            self.stdout.write(f"\n{line.title}: {line.tag.words.lower()}\n  {line.what}")
            for name, words in line.told:
                self.stdout.write(f"  {name}: {words}")

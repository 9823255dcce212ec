"""``alongside manage watch_drop_folder``: make a run of new extracts; for a timer of the machine to call."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alongside.casework.sources.jobs import watch_drop_folder
from alongside.errors import AlongsideError


class Command(BaseCommand):
    """Look into the drop folder once. Nothing is released by it."""

    help = "Make a run if there is a new extract in the drop folder; it then waits for an approver."

    def handle(self, **_: Any) -> None:
        """Say what was made, or that there was nothing new; end 1 where a run could not be made."""
        try:
            run = watch_drop_folder(at=timezone.now())
        except AlongsideError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"The run {run.folder} waits for an approver."
            if run
            else "There is nothing new in the drop folder."
        )

"""``alongside manage watch-drop-folder``: make a run of new extracts; the background worker calls it."""

import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alongside.casework.kernel.lifeline import end_with_input
from alongside.casework.sources.jobs import watch_drop_folder
from alongside.casework.sources.jobs.drop import BeingMadeError, not_yet
from alongside.casework.sources.jobs.looking import BUSY, REFUSED
from alongside.errors import AlongsideError


class Command(BaseCommand):
    """Look into the drop folder once. Nothing is released by it."""

    help = "Make a run if there is a new extract in the drop folder; it then waits for an approver."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument(
            "--until-input-ends",
            action="store_true",
            help="end with the process that started it, and print why a run could not be made",
        )

    def handle(self, **given: Any) -> None:
        """Say what was made, or that there was nothing new.

        It ends 3 where a run could not be made, and 4 where another process is making one.
        """
        if given["until_input_ends"]:
            # as an interrupt, so that what is half made is swept away
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            end_with_input()
        try:
            at = timezone.now()
            run = watch_drop_folder(at=at)
        except AlongsideError as error:
            if given["until_input_ends"]:
                self.stdout.write(str(error))
            ended = BUSY if isinstance(error, BeingMadeError) else REFUSED
            raise CommandError(str(error), returncode=ended) from None
        if run:
            self.stdout.write(f"The run {run.folder} waits for an approver.")
        elif waiting := not_yet(Path(settings.DROP_FOLDER), at):
            self.stdout.write(waiting.words)
        else:
            self.stdout.write("There is nothing new in the drop folder.")

"""``alongside manage worker``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.casework.background.worker import work_until_stopped
from alongside.casework.kernel.lifeline import end_with_input


class Command(BaseCommand):
    """The background worker, on its own."""

    help = (
        "Run the automatic jobs until stopped with Ctrl+C. `alongside serve` starts its own worker; this is "
        "for machines where you manage each service separately (alongside serve --no-worker)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--until-input-ends",
            action="store_true",
            help="end when standard input does, that is, with the process that started it",
        )
        parser.add_argument(
            "--heartbeat", type=float, default=10.0, metavar="SECONDS", help="time between two signs of life"
        )
        parser.add_argument(
            "--stalled-after", type=float, default=30.0, metavar="SECONDS",
            help="time without a sign of life before a worker's jobs are started again",
        )  # fmt: skip

    def handle(self, *_: Any, **given: Any) -> None:
        """Work."""
        if given["until_input_ends"]:
            end_with_input()
        self.stdout.write(
            "The background worker has started. `alongside manage schedule` shows what it runs and when."
        )
        self.stdout.flush()
        work_until_stopped(heartbeat=given["heartbeat"], stalled_after=given["stalled_after"])

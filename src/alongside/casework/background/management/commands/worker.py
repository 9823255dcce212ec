"""``alongside manage worker``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.casework.background.worker import work_until_stopped
from alongside.casework.kernel.lifeline import end_with_input


class Command(BaseCommand):
    """The background worker, alone."""

    help = (
        "Run what runs by itself until stopped with Ctrl+C. `alongside serve` starts one of its own; this is "
        "for a machine whose services are looked after one by one (alongside serve --no-worker)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument(
            "--until-input-ends",
            action="store_true",
            help="end with whoever started it: when standard input does",
        )
        parser.add_argument(
            "--heartbeat", type=float, default=10.0, metavar="SECONDS", help="between two signs of life"
        )
        parser.add_argument(
            "--stalled-after", type=float, default=30.0, metavar="SECONDS",
            help="without a sign of life before what a worker was doing is taken up again",
        )  # fmt: skip

    def handle(self, *_: Any, **given: Any) -> None:
        """Work."""
        if given["until_input_ends"]:
            end_with_input()
        self.stdout.write(
            "The background worker has begun. `alongside manage schedule` says what it runs when."
        )
        self.stdout.flush()
        work_until_stopped(heartbeat=given["heartbeat"], stalled_after=given["stalled_after"])

"""``alongside manage take-off-second-factor``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.commands import take_off_second_factor_by_hand
from alongside.casework.kernel.errors import CaseworkError

ASKED = {
    "email": "E-mail address of the member who has lost their second factor",
    "by": "Your own name, as the record will have it",
    "how-sure": "How you made sure that it is they who ask",
}


class Command(BaseCommand):
    """For whom no organisation lead may or can do it: the only lead, or who watches over others."""

    help = (
        "Take the second factor of a member off who has lost app, passkeys and recovery codes. All their "
        "sessions end, and they set up another at their next sign-in. It is recorded with your name and "
        "how you made sure who asks. What is not given as an option is asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        for option, what in ASKED.items():
            parser.add_argument(f"--{option}", help=what)

    def handle(self, *_: Any, **given: Any) -> None:
        """Take it off."""
        said = {
            each: given[each.replace("-", "_")] or input(f"{what}: ").strip() for each, what in ASKED.items()
        }
        if missing := [what for option, what in ASKED.items() if not said[option]]:
            raise CommandError(f"this is needed too: {', '.join(missing)}")
        try:
            user = take_off_second_factor_by_hand(
                actor=system_actor(f"{said['by']}, who runs Alongside here"),
                at=timezone.now(),
                email=said["email"],
                how_sure=said["how-sure"],
            )
        except CaseworkError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The second factor of {user.name} was taken off. They sign in with their password, and then set "
            "up another."
        )

"""``alongside manage give-new-password``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.commands import give_new_password_by_hand
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.kernel.secrets import one_time_password

ASKED = {
    "email": "E-mail address of the member who cannot sign in",
    "by": "Your own name, as the record will have it",
    "how-sure": "How you made sure that it is they who ask",
}


class Command(BaseCommand):
    """For whom no organisation lead may or can do it: the only lead, or who watches over others."""

    help = (
        "Give a member who has lost their password, or is locked out, a password to sign in with once, and "
        "print it. All their sessions end. It is recorded with your name and how you made sure who asks. "
        "What is not given as an option is asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        for option, what in ASKED.items():
            parser.add_argument(f"--{option}", help=what)

    def handle(self, *_: Any, **given: Any) -> None:
        """Give it."""
        said = {
            each: given[each.replace("-", "_")] or input(f"{what}: ").strip() for each, what in ASKED.items()
        }
        if missing := [what for option, what in ASKED.items() if not said[option]]:
            raise CommandError(f"this is needed too: {', '.join(missing)}")
        password = one_time_password()
        try:
            user = give_new_password_by_hand(
                actor=system_actor(f"{said['by']}, who runs Alongside here"),
                at=timezone.now(),
                email=said["email"],
                how_sure=said["how-sure"],
                password=password,
            )
        except CaseworkError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Tell it to them by telephone or face to face; they choose their own at once.")
        self.stdout.write(f"{user.name} signs in once with this password: {password}")

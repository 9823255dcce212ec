"""``alongside manage forget-sign-on``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.commands import forget_sign_on_by_hand
from alongside.casework.kernel.errors import CaseworkError

ASKED = {
    "email": "E-mail address of the member whom the provider calls otherwise than before",
    "by": "Your own name, as the record will have it",
    "how-sure": "How you made sure that the address is still theirs",
}


class Command(BaseCommand):
    """For a member whose account at the council's own provider was made anew."""

    help = (
        "Let a member be found by their e-mail address at their next sign-on through the council's own "
        "provider, because it calls them otherwise than before. Never where the address is another's now. "
        "All their sessions end. It is recorded with your name and how you made sure. What is not given as "
        "an option is asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        for option, what in ASKED.items():
            parser.add_argument(f"--{option}", help=what)

    def handle(self, *_: Any, **given: Any) -> None:
        """Forget it."""
        said = {
            each: given[each.replace("-", "_")] or input(f"{what}: ").strip() for each, what in ASKED.items()
        }
        if missing := [what for option, what in ASKED.items() if not said[option]]:
            raise CommandError(f"this is needed too: {', '.join(missing)}")
        try:
            user = forget_sign_on_by_hand(
                actor=system_actor(f"{said['by']}, who runs Alongside here"),
                at=timezone.now(),
                email=said["email"],
                how_sure=said["how-sure"],
            )
        except CaseworkError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.name} is found by their e-mail address at their next sign-on.")

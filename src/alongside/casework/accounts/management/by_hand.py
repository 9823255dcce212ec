"""What is done to one account where Alongside is installed, recorded with the name of whoever does it."""

from abc import abstractmethod
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.kernel.errors import CaseworkError


class ByHandCommand(BaseCommand):
    """Takes whose account, by whom and how they made sure as options, and asks for what is not given.

    Attributes:
        whose: what is asked for as the account's e-mail address.
        how_sure: what is asked for as the way in which they made sure.
    """

    whose: str
    how_sure = "How you made sure that it is they who ask"

    @abstractmethod
    def do(self, *, actor: Actor, at: datetime, email: str, how_sure: str) -> str:
        """Do it, and return what to say of it.

        Raises:
            CaseworkError: it cannot be done; why not is said.
        """

    def asked(self) -> dict[str, str]:
        """Return what is needed, by the name of its option."""
        return {
            "email": self.whose,
            "by": "Your own name, as the record will have it",
            "how-sure": self.how_sure,
        }

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        for option, what in self.asked().items():
            parser.add_argument(f"--{option}", help=what)

    def handle(self, *_: Any, **given: Any) -> None:
        """Do it, once all is said."""
        asked = self.asked()
        said = {
            each: given[each.replace("-", "_")] or input(f"{what}: ").strip() for each, what in asked.items()
        }
        if missing := [what for option, what in asked.items() if not said[option]]:
            raise CommandError(f"this is needed too: {', '.join(missing)}")
        actor = system_actor(f"{said['by']}, who runs Alongside here")
        try:
            done = self.do(actor=actor, at=timezone.now(), email=said["email"], how_sure=said["how-sure"])
        except CaseworkError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(done)

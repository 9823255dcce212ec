"""Commands for one account, run where Alongside is installed and recorded with the name of who ran them."""

from abc import abstractmethod
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.kernel.errors import CaseworkError


class ByHandCommand(BaseCommand):
    """Takes whose account, by whom and how they checked as options, and asks for any that are missing.

    Attributes:
        whose: the prompt for the account's e-mail address.
        how_sure: the prompt for how they checked.
    """

    whose: str
    how_sure = "How you checked that it is really them asking"

    @abstractmethod
    def do(self, *, actor: Actor, at: datetime, email: str, how_sure: str) -> str:
        """Do it, and return what to say about it.

        Raises:
            CaseworkError: it cannot be done; the message says why.
        """

    def asked(self) -> dict[str, str]:
        """Return what is needed, by name of option."""
        return {
            "email": self.whose,
            "by": "Your own name, as the record will show it",
            "how-sure": self.how_sure,
        }

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        for option, what in self.asked().items():
            parser.add_argument(f"--{option}", help=what)

    def handle(self, *_: Any, **given: Any) -> None:
        """Do it, once everything needed is there."""
        asked = self.asked()
        said = {
            each: given[each.replace("-", "_")] or input(f"{what}: ").strip() for each, what in asked.items()
        }
        if missing := [what for option, what in asked.items() if not said[option]]:
            raise CommandError(f"still needed: {', '.join(missing)}")
        actor = system_actor(f"{said['by']}, who runs Alongside here")
        try:
            done = self.do(actor=actor, at=timezone.now(), email=said["email"], how_sure=said["how-sure"])
        except CaseworkError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(done)

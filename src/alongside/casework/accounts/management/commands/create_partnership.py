"""``alongside manage create-partnership``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.commands import add_member, begin_partnership
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.kernel.secrets import one_time_password

ASKED = {
    "name": "Name of the partnership",
    "organisation": "Name of its first organisation",
    "email": "E-mail address of that organisation's lead",
    "person": "Name of that lead",
}


class Command(BaseCommand):
    """The partnership, its first organisation, and somebody who can sign in."""

    help = (
        "Set up a partnership with its first organisation and that organisation's lead, and print a one-time "
        "password for the lead. You are asked for anything you do not give as an option."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        for option, what in ASKED.items():
            parser.add_argument(f"--{option}", help=what)
        parser.add_argument("--kind", choices=Organisation.Kind.values, default="council")

    def handle(self, *_: Any, **given: Any) -> None:
        """Set it up."""
        said = {option: given[option] or input(f"{what}: ").strip() for option, what in ASKED.items()}
        if missing := [what for option, what in ASKED.items() if not said[option]]:
            raise CommandError(f"still needed: {', '.join(missing)}")
        actor, at, password = system_actor("Installation"), timezone.now(), one_time_password()
        try:
            with transaction.atomic():
                organisation = begin_partnership(
                    actor=actor,
                    at=at,
                    name=said["name"],
                    organisation_code=slugify(said["organisation"]),
                    organisation_name=said["organisation"],
                    kind=given["kind"],
                )
                add_member(
                    actor=actor,
                    at=at,
                    organisation_id=organisation.id,
                    email=said["email"],
                    name=said["person"],
                    roles=["organisation_lead"],
                    password=password,
                )
        except CaseworkError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{said['name']} is set up, with {organisation.name}.")
        self.stdout.write(f"{said['person']} can sign in once with this password: {password}")

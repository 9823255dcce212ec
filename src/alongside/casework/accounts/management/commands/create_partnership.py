"""``alongside manage create-partnership``."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.commands import add_member, begin_partnership
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.rules import code_by_name, pack_code
from alongside.casework.kernel.area import area_pack_if_whole
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.kernel.secrets import one_time_password

ASKED = {
    "name": "Name of the partnership",
    "organisation": "Name of its first organisation",
    "email": "E-mail address of that organisation's lead",
    "person": "Name of that lead",
}
NAMES = ("name", "organisation", "person")
LONGEST_NAME = 200


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
        parser.add_argument(
            "--code",
            help="Short code of that organisation, as in the area pack; it cannot be changed later. If you "
            "leave it out, it is the code of the pack's organisation of this name, or made from the name.",
        )

    def handle(self, *_: Any, **given: Any) -> None:
        """Set it up."""
        said = {option: (given[option] or input(f"{what}: ")).strip() for option, what in ASKED.items()}
        if missing := [what for option, what in ASKED.items() if not said[option]]:
            raise CommandError(f"still needed: {', '.join(missing)}")
        if long := [ASKED[each] for each in NAMES if len(said[each]) > LONGEST_NAME]:
            raise CommandError(f"give at most {LONGEST_NAME} characters: {', '.join(long)}")
        pack = area_pack_if_whole()
        in_pack = {each.code: each.name for each in pack.area.organisations} if pack else {}
        code = given["code"] or code_by_name(said["organisation"], in_pack.items())
        actor, at, password = system_actor("Installation"), timezone.now(), one_time_password()
        try:
            with transaction.atomic():
                organisation = begin_partnership(
                    actor=actor,
                    at=at,
                    name=said["name"],
                    organisation_code=code,
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
        except ValidationError as error:
            raise CommandError(
                f"“{code}” cannot be that organisation's code: {' '.join(error.messages)} Give another with "
                "--code, and the same in the area pack; it cannot be changed later."
            ) from error
        self.stdout.write(f"{said['name']} is set up, with {organisation.name} (code: {code}).")
        if pack is None:
            self.stdout.write(f"The area pack could not be read. In it, {organisation.name} must be {code}.")
        elif pack_code(code) not in in_pack:
            self.stdout.write(
                f"The area pack has no organisation {pack_code(code)}. Write it there with this code: until "
                f"then, no service and no source of the pack is known to be {organisation.name}'s."
            )
        self.stdout.write(f"{said['person']} can sign in once with this password: {password}")

"""``alongside manage give-new-password``."""

from datetime import datetime

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import give_new_password_by_hand
from alongside.casework.accounts.management.by_hand import ByHandCommand
from alongside.casework.kernel.secrets import one_time_password


class Command(ByHandCommand):
    """For those no organisation lead may or can help: the only lead, or somebody who oversees others."""

    help = (
        "Give a one-time password to a member who has lost their password or is locked out, and print it. "
        "All their sessions end. It is recorded with your name and how you checked who was asking. You are "
        "asked for anything you do not give as an option."
    )

    whose = "E-mail address of the member who cannot sign in"

    def do(self, *, actor: Actor, at: datetime, email: str, how_sure: str) -> str:
        """Give it."""
        password = one_time_password()
        user = give_new_password_by_hand(
            actor=actor, at=at, email=email, how_sure=how_sure, password=password
        )
        return (
            "Tell them the password by phone or face to face; they must choose their own at once.\n"
            f"{user.name} can sign in once with this password: {password}"
        )

"""``alongside manage give-new-password``."""

from datetime import datetime

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import give_new_password_by_hand
from alongside.casework.accounts.management.by_hand import ByHandCommand
from alongside.casework.kernel.secrets import one_time_password


class Command(ByHandCommand):
    """For whom no organisation lead may or can do it: the only lead, or who watches over others."""

    help = (
        "Give a member who has lost their password, or is locked out, a password to sign in with once, and "
        "print it. All their sessions end. It is recorded with your name and how you made sure who asks. "
        "What is not given as an option is asked for."
    )

    whose = "E-mail address of the member who cannot sign in"

    def do(self, *, actor: Actor, at: datetime, email: str, how_sure: str) -> str:
        """Give it."""
        password = one_time_password()
        user = give_new_password_by_hand(
            actor=actor, at=at, email=email, how_sure=how_sure, password=password
        )
        return (
            "Tell it to them by telephone or face to face; they choose their own at once.\n"
            f"{user.name} signs in once with this password: {password}"
        )

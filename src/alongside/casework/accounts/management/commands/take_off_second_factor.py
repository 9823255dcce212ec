"""``alongside manage take-off-second-factor``."""

from datetime import datetime

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import take_off_second_factor_by_hand
from alongside.casework.accounts.management.by_hand import ByHandCommand


class Command(ByHandCommand):
    """For whom no organisation lead may or can do it: the only lead, or who watches over others."""

    help = (
        "Take the second factor of a member off who has lost app, passkeys and recovery codes. All their "
        "sessions end, and they set up another at their next sign-in. It is recorded with your name and "
        "how you made sure who asks. What is not given as an option is asked for."
    )

    whose = "E-mail address of the member who has lost their second factor"

    def do(self, *, actor: Actor, at: datetime, email: str, how_sure: str) -> str:
        """Take it off."""
        user = take_off_second_factor_by_hand(actor=actor, at=at, email=email, how_sure=how_sure)
        return (
            f"The second factor of {user.name} was taken off. They sign in with their password, and then set "
            "up another."
        )

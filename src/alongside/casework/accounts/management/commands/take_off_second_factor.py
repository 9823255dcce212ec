"""``alongside manage take-off-second-factor``."""

from datetime import datetime

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import take_off_second_factor_by_hand
from alongside.casework.accounts.management.by_hand import ByHandCommand


class Command(ByHandCommand):
    """For those no organisation lead may or can help: the only lead, or somebody who oversees others."""

    help = (
        "Remove the second factor of a member who has lost their app, passkeys and recovery codes. All their "
        "sessions end, and they set up another at their next sign-in. It is recorded with your name and "
        "how you checked who was asking. You are asked for anything you do not give as an option."
    )

    whose = "E-mail address of the member who has lost their second factor"

    def do(self, *, actor: Actor, at: datetime, email: str, how_sure: str) -> str:
        """Remove it."""
        user = take_off_second_factor_by_hand(actor=actor, at=at, email=email, how_sure=how_sure)
        return (
            f"The second factor of {user.name} was removed. They sign in with their password, and then set "
            "up another."
        )

"""``alongside manage forget-sign-on``."""

from datetime import datetime

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import forget_sign_on_by_hand
from alongside.casework.accounts.management.by_hand import ByHandCommand


class Command(ByHandCommand):
    """For a member whose account at the council's own provider was made anew."""

    help = (
        "Let a member be found by their e-mail address at their next sign-on through the council's own "
        "provider, because it calls them otherwise than before. Never where the address is another's now. "
        "All their sessions end. It is recorded with your name and how you made sure. What is not given as "
        "an option is asked for."
    )

    whose = "E-mail address of the member whom the provider calls otherwise than before"
    how_sure = "How you made sure that the address is still theirs"

    def do(self, *, actor: Actor, at: datetime, email: str, how_sure: str) -> str:
        """Forget it."""
        user = forget_sign_on_by_hand(actor=actor, at=at, email=email, how_sure=how_sure)
        return f"{user.name} is found by their e-mail address at their next sign-on."

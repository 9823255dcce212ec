"""``alongside manage forget-sign-on``."""

from datetime import datetime

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import forget_sign_on_by_hand
from alongside.casework.accounts.management.by_hand import ByHandCommand


class Command(ByHandCommand):
    """For a member whose account at the council's own provider was created again."""

    help = (
        "Let a member be recognised by e-mail address at their next sign-on through the council's own "
        "provider, because the provider now calls them something else. Never do this if the address is now "
        "somebody else's. All their sessions end. It is recorded with your name and how you checked. You "
        "are asked for anything you do not give as an option."
    )

    whose = "E-mail address of the member whom the provider now calls something else"
    how_sure = "How you checked that the address is still theirs"

    def do(self, *, actor: Actor, at: datetime, email: str, how_sure: str) -> str:
        """Forget it."""
        user = forget_sign_on_by_hand(actor=actor, at=at, email=email, how_sure=how_sure)
        return f"{user.name} will be recognised by e-mail address at their next sign-on."

"""``alongside manage seal-second-factors-anew``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.commands import seal_second_factors_anew


class Command(BaseCommand):
    """After a new secret key: so that the one of before can be dropped."""

    help = (
        "Seal every second factor with the newest key, ALONGSIDE_SECRET_KEY. Keys of before, which may still "
        "open them, are named in ALONGSIDE_SECRET_KEY_FALLBACKS, and can be dropped afterwards."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        """Seal them, and say how many no key opens."""
        anew, lost = seal_second_factors_anew(actor=system_actor("Installation"), at=timezone.now())
        self.stdout.write(f"{anew} were sealed with the newest key; all others were already.")
        if lost:
            self.stdout.write(
                f"{lost} could not be opened by any key. Name the key of before in "
                "ALONGSIDE_SECRET_KEY_FALLBACKS; if it is lost, their members need to have their "
                "second factor taken off."
            )

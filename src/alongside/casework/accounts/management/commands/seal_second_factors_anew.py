"""``alongside manage seal-second-factors-anew``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts.commands import seal_second_factors_anew


class Command(BaseCommand):
    """For use after a new secret key, so that the earlier one can be dropped."""

    help = (
        "Reseal every second factor with the newest key, ALONGSIDE_SECRET_KEY. Earlier keys, which may still "
        "open them, are named in ALONGSIDE_SECRET_KEY_FALLBACKS, and can be dropped afterwards."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        """Reseal them, and say how many no key opens."""
        anew, lost = seal_second_factors_anew(actor=system_actor("Installation"), at=timezone.now())
        self.stdout.write(f"{anew} were resealed with the newest key; all others already were.")
        if lost:
            self.stdout.write(
                f"{lost} could not be opened with any key. Name the earlier key in "
                "ALONGSIDE_SECRET_KEY_FALLBACKS; if it is lost, those members need to have their "
                "second factor removed."
            )

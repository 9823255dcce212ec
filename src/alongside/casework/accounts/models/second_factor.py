"""A member's second factor: an authenticator app's secret, and recovery codes for when it is out of reach."""

from datetime import datetime
from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models.users import User
from alongside.casework.kernel.secrets import seal, unseal

SECONDS_A_CODE_SHOWS = 30
STEPS_EITHER_WAY = 1
"""A telephone's clock may be half a minute off, and typing takes time."""


class Sealing(DefaultMFAAdapter):  # type: ignore[misc]
    """Lets allauth keep secrets only sealed."""

    def encrypt(self, text: str) -> str:
        """Seal what goes into the database."""
        return seal(text, key=settings.SECRET_KEY)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return unseal(encrypted_text, key=settings.SECRET_KEY)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the half minute in which an app with this secret shows the code; None if not about now."""
    now = int(at.timestamp()) // SECONDS_A_CODE_SHOWS
    for step in range(now - STEPS_EITHER_WAY, now + STEPS_EITHER_WAY + 1):
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), code):
            return step
    return None


class SecondFactorQuerySet(models.QuerySet["SecondFactor"]):
    """Second factors, as one speaks of them."""

    def apps(self) -> "SecondFactorQuerySet":
        """Authenticator apps, without the recovery codes that come with them."""
        return self.filter(type=Authenticator.Type.TOTP)


class SecondFactor(Authenticator):  # type: ignore[misc]
    """An authenticator app or the recovery codes that come with it, in allauth's table."""

    objects = SecondFactorQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "user", "type", "data", "created_at", "last_used_at"], Privacy.STAFF
    )

    class Meta:
        """The table is allauth's."""

        proxy = True

    # Factories

    @classmethod
    def set_up(cls, *, user: User, secret: str, step: int, at: datetime) -> list[str]:
        """Keep an app's secret, and return recovery codes; the code of ``step`` has been used."""
        app = TOTP.activate(user, secret).instance
        app.data["last_step"] = step
        app.last_used_at = at
        app.save(update_fields=["data", "last_used_at"])
        return list(RecoveryCodes.activate(user).generate_codes())

    # Mutators

    def take_code(self, code: str, *, at: datetime) -> bool:
        """Say whether it is the app's code of now and was not used; it never is again.

        The step is kept with the row, which must be locked: a cache that processes do not share would let
        the same code in twice.
        """
        step = step_of(unseal(self.data["secret"], key=settings.SECRET_KEY), code, at)
        if step is None or step <= self.data.get("last_step", 0):
            return False
        self.data["last_step"], self.last_used_at = step, at
        self.save(update_fields=["data", "last_used_at"])
        return True

    def take_recovery_code(self, code: str) -> int | None:
        """Return how many are left, if it was one of the unused; None if not."""
        codes = self._recovery_codes()
        if codes is None or not codes.validate_code(code):
            return None
        return len(codes.get_unused_codes())

    def recovery_codes_left(self) -> int:
        """How many recovery codes of its member are unused."""
        codes = self._recovery_codes()
        return len(codes.get_unused_codes()) if codes else 0

    def take_off(self) -> None:
        """Forget it, and the recovery codes that came with it."""
        SecondFactor.objects.filter(user_id=self.user_id).delete()

    def _recovery_codes(self) -> RecoveryCodes | None:
        kept = Authenticator.objects.filter(user_id=self.user_id, type=Authenticator.Type.RECOVERY_CODES)
        return RecoveryCodes(kept[0]) if kept else None

"""A member's second factors: an authenticator app's secret, passkeys, and recovery codes if they are lost."""

from datetime import datetime
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare
from fido2.webauthn import AttestedCredentialData

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models.users import User
from alongside.casework.kernel.secrets import resealed, seal, unseal

SECONDS_A_CODE_SHOWS = 30
STEPS_EITHER_WAY = 1
"""A phone's clock may be half a minute out, and typing takes time."""
_SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def sealing_keys() -> list[str]:
    """The key that seals, followed by those that may still open."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


class Sealing(DefaultMFAAdapter):  # type: ignore[misc]
    """Makes allauth keep secrets only in sealed form."""

    def encrypt(self, text: str) -> str:
        """Seal what goes into the database."""
        return seal(text, key=settings.SECRET_KEY)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again.

        Raises:
            SealedWithAnotherKeyError: no key opens it.
        """
        return unseal(encrypted_text, keys=sealing_keys())


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the half minute in which an app with this secret shows the code; None if that is not now."""
    now = int(at.timestamp()) // SECONDS_A_CODE_SHOWS
    for step in range(now - STEPS_EITHER_WAY, now + STEPS_EITHER_WAY + 1):
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), code):
            return step
    return None


class SecondFactorQuerySet(models.QuerySet["SecondFactor"]):
    """Queries about second factors."""

    def asked_for(self) -> "SecondFactorQuerySet":
        """Apps and passkeys, without the recovery codes that come with them."""
        return self.exclude(type=Authenticator.Type.RECOVERY_CODES)

    def apps(self) -> "SecondFactorQuerySet":
        """Authenticator apps."""
        return self.filter(type=Authenticator.Type.TOTP)

    def passkeys(self) -> "SecondFactorQuerySet":
        """Passkeys, oldest first."""
        return self.filter(type=Authenticator.Type.WEBAUTHN).order_by("id")


class SecondFactor(Authenticator):  # type: ignore[misc]
    """An authenticator app, a passkey, or the recovery codes that come with the first, in allauth's table."""

    objects = SecondFactorQuerySet.as_manager()

    privacy: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "user", "type", "data", "created_at", "last_used_at"], Privacy.STAFF
    )

    class Meta:
        """The table is allauth's."""

        proxy = True

    @property
    def is_app(self) -> bool:
        """Whether it is an authenticator app."""
        return bool(self.type == Authenticator.Type.TOTP)

    @property
    def is_passkey(self) -> bool:
        """Whether it is a passkey."""
        return bool(self.type == Authenticator.Type.WEBAUTHN)

    @property
    def name(self) -> str:
        """What its member calls a passkey."""
        return str(self.data["name"])

    @property
    def credential(self) -> AttestedCredentialData:
        """A passkey's public key, and the id by which a browser finds it."""
        kept: AttestedCredentialData = WebAuthn(self).authenticator_data.credential_data
        return kept

    # Factories

    @classmethod
    def set_up(cls, *, user: User, secret: str, step: int, at: datetime) -> list[str]:
        """Keep an app's secret, and return new recovery codes; the code for ``step`` counts as used."""
        app = TOTP.activate(user, secret).instance
        app.data["last_step"] = step
        app.last_used_at = at
        app.save(update_fields=["data", "last_used_at"])
        return cls._with_recovery_codes(user)

    @classmethod
    def add_passkey(cls, *, user: User, name: str, credential: dict[str, Any]) -> list[str]:
        """Keep a passkey as the browser made it, and return new recovery codes."""
        WebAuthn.add(user, name, credential)
        return cls._with_recovery_codes(user)

    @classmethod
    def _with_recovery_codes(cls, user: User) -> list[str]:
        """Make them with the first factor; with later ones the codes stay valid, and are not shown again."""
        if cls.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists():
            return []
        return list(RecoveryCodes.activate(user).generate_codes())

    # Mutators

    def take_code(self, code: str, *, at: datetime) -> bool:
        """Say whether it is the app's current code and unused; after this it counts as used.

        The step is kept with the row, which must be locked: a cache that processes do not share would accept
        the same code twice.

        Raises:
            SealedWithAnotherKeyError: no key opens the app's secret.
        """
        step = step_of(unseal(self.data["secret"], keys=sealing_keys()), code, at)
        if step is None or step <= self.data.get("last_step", 0):
            return False
        self.data["last_step"], self.last_used_at = step, at
        self.save(update_fields=["data", "last_used_at"])
        return True

    def take_recovery_code(self, code: str) -> int | None:
        """Return how many are left, if it was an unused one; None if not.

        Raises:
            SealedWithAnotherKeyError: no key opens them.
        """
        codes = RecoveryCodes(self)
        if not codes.validate_code(code):
            return None
        self.data = codes.instance.data  # validate_code locks and changes its own copy of the row
        return len(codes.get_unused_codes())

    def recovery_codes_left(self) -> int:
        """How many recovery codes are unused.

        Raises:
            SealedWithAnotherKeyError: no key opens them.
        """
        return len(RecoveryCodes(self).get_unused_codes())

    def take_count(self, count: int, *, at: datetime) -> bool:
        """Say whether a passkey's count has gone up since last time; one that never counts passes.

        If not, somebody has a copy of it (WebAuthn Level 3, section 6.1.1).
        """
        last = int(self.data.get("count", 0))
        if count <= last and (count or last):
            return False
        self.data["count"], self.last_used_at = count, at
        self.save(update_fields=["data", "last_used_at"])
        return True

    def seal_anew(self) -> bool:
        """Reseal what is sealed with the newest key; say whether that changed anything.

        Raises:
            SealedWithAnotherKeyError: no key opens it.
        """
        where = _SEALED.get(self.type)
        if where is None or (newest := resealed(self.data[where], keys=sealing_keys())) == self.data[where]:
            return False
        self.data[where] = newest
        self.save(update_fields=["data"])
        return True

    def take_off(self) -> None:
        """Forget it and, if it was the last one, the recovery codes too."""
        self.delete()
        if not SecondFactor.objects.asked_for().filter(user_id=self.user_id).exists():
            SecondFactor.forget_all_of(self.user_id)

    @classmethod
    def forget_all_of(cls, user_id: object) -> None:
        """Forget every second factor of somebody, and their recovery codes."""
        cls.objects.filter(user_id=user_id).delete()

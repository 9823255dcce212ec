"""Accounts of people who work here. The people they help do not have accounts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from alongside.casework.access.privacy import Privacy


class UserManager(BaseUserManager["User"]):
    """Accounts by e-mail address, in upper or lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account that has an address.

        Capitals are made lower case here: the database would take the dotless i of Turkish for an i, and so
        let somebody try passwords for one account under several spellings, each counted separately.
        """
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody at work. Their memberships say what they may do, never this: nobody is a superuser."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    password_is_one_time = models.BooleanField(default=False)
    sessions_ended = models.PositiveIntegerField(default=0)
    second_factor_taken_off_at = models.DateTimeField(null=True, blank=True)
    second_factor_taken_off_by = models.CharField(max_length=200, blank=True)
    password_given_at = models.DateTimeField(null=True, blank=True)
    password_given_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPERATIONAL,
        "email": Privacy.STAFF,
        "name": Privacy.STAFF,
        "is_active": Privacy.OPERATIONAL,
        "password_is_one_time": Privacy.OPERATIONAL,
        "sessions_ended": Privacy.OPERATIONAL,
        "second_factor_taken_off_at": Privacy.STAFF,
        "second_factor_taken_off_by": Privacy.STAFF,
        "password_given_at": Privacy.STAFF,
        "password_given_by": Privacy.STAFF,
        "password": Privacy.STAFF,
        "last_login": Privacy.STAFF,
    }

    def __str__(self) -> str:
        return self.name

    # Factories

    @classmethod
    def enrol(cls, *, email: str, name: str, password: str | None = None, one_time: bool = False) -> "User":
        """Make an account; without a password it can only sign in through the council's own sign-on.

        Args:
            email: their work address.
            name: as others will read it.
            password: to sign in with.
            one_time: whether another must be chosen at the first sign-in.
        """
        user = cls(email=email.strip().lower(), name=name.strip(), password_is_one_time=one_time)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save()
        return user

    # Mutators

    def choose_password(self, password: str) -> None:
        """Take the password its owner chose; they can still read who last gave them one, and when."""
        self._take_password(password, one_time=False)

    def be_given_password(self, password: str, *, by: str, at: datetime) -> None:
        """Take a one-time password, and remember who gave it; all sessions end."""
        self._take_password(password, one_time=True)
        self.password_given_at, self.password_given_by = at, by
        self.save(update_fields=["password_given_at", "password_given_by"])
        self.end_sessions()

    def drop_password(self) -> None:
        """From now on no password opens it, until one is given; sessions that began with one end."""
        self.set_unusable_password()
        self.password_is_one_time = False
        self.save(update_fields=["password", "password_is_one_time"])

    def _take_password(self, password: str, *, one_time: bool) -> None:
        self.set_password(password)
        self.password_is_one_time = one_time
        self.save(update_fields=["password", "password_is_one_time"])

    def end_sessions(self) -> None:
        """End every session, and every half-finished sign-in, that began before now."""
        self.sessions_ended += 1
        self.save(update_fields=["sessions_ended"])

    def lose_second_factor(self, *, by: str, at: datetime) -> None:
        """Remember who removed their second factor, until they set up another; their sessions end."""
        self.second_factor_taken_off_at, self.second_factor_taken_off_by = at, by
        self.save(update_fields=["second_factor_taken_off_at", "second_factor_taken_off_by"])
        self.end_sessions()

    def gain_second_factor(self) -> None:
        """Forget that one was removed; sessions that began without this new one end."""
        self.second_factor_taken_off_at, self.second_factor_taken_off_by = None, ""
        self.save(update_fields=["second_factor_taken_off_at", "second_factor_taken_off_by"])
        self.end_sessions()

    def close(self) -> None:
        """Close it, so that nobody can sign in with it."""
        self.is_active = False
        self.save(update_fields=["is_active"])

    def has_perm(self, *_: Any) -> bool:
        """Django's own permissions are not used; ``access`` decides."""
        return False

    def has_module_perms(self, *_: Any) -> bool:
        """Django's own permissions are not used; ``access`` decides."""
        return False

    # Sessions

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold to go on; it changes with the password and when sessions end."""
        return self._hash_of_sessions()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return what a session that began with an earlier key may hold."""
        for key in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_of_sessions(key)

    def _hash_of_sessions(self, key: str | None = None) -> str:
        kept = f"{self.password}:{self.sessions_ended}"
        return salted_hmac("alongside:sessions", kept, secret=key, algorithm="sha256").hexdigest()

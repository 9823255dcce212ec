"""Accounts of people who work here. The person who is helped has none of these."""

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
    """Accounts by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an address.

        Only plain capitals are made small: the database would take the dotless i of Turkish for an i, and so
        let somebody try passwords of one account under several spellings, each counted apart.
        """
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody at work. What they may do is said by their memberships, never here: nobody is a superuser."""

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
            email: the address at work.
            name: as others will read it.
            password: to sign in with.
            one_time: whoever first signs in with it must choose another.
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
        """Take the password its owner chose; who last gave them one, and when, stays for them to read."""
        self._take_password(password, one_time=False)

    def be_given_password(self, password: str, *, by: str, at: datetime) -> None:
        """Take a password to sign in with once, and remember who gave it; all sessions end."""
        self._take_password(password, one_time=True)
        self.password_given_at, self.password_given_by = at, by
        self.save(update_fields=["password_given_at", "password_given_by"])
        self.end_sessions()

    def _take_password(self, password: str, *, one_time: bool) -> None:
        self.set_password(password)
        self.password_is_one_time = one_time
        self.save(update_fields=["password", "password_is_one_time"])

    def end_sessions(self) -> None:
        """Let nobody go on with a session, or a sign-in half done, that began before."""
        self.sessions_ended += 1
        self.save(update_fields=["sessions_ended"])

    def lose_second_factor(self, *, by: str, at: datetime) -> None:
        """Remember who took their second factor off, until they have set up another; their sessions end."""
        self.second_factor_taken_off_at, self.second_factor_taken_off_by = at, by
        self.save(update_fields=["second_factor_taken_off_at", "second_factor_taken_off_by"])
        self.end_sessions()

    def gain_second_factor(self) -> None:
        """Remember no more that one was taken off; sessions that began without this one end."""
        self.second_factor_taken_off_at, self.second_factor_taken_off_by = None, ""
        self.save(update_fields=["second_factor_taken_off_at", "second_factor_taken_off_by"])
        self.end_sessions()

    def close(self) -> None:
        """Let nobody sign in with it any more."""
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
        """Return what a session must hold to go on: another one with another password, and once ended."""
        return self._hash_of_sessions()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return what a session may hold that began with a key of before."""
        for key in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_of_sessions(key)

    def _hash_of_sessions(self, key: str | None = None) -> str:
        kept = f"{self.password}:{self.sessions_ended}"
        return salted_hmac("alongside:sessions", kept, secret=key, algorithm="sha256").hexdigest()

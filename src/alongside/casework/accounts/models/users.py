"""Accounts of people who work here. The person who is helped has none of these."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from alongside.casework.access.privacy import Privacy


class UserManager(BaseUserManager["User"]):
    """Accounts by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody at work. What they may do is said by their memberships, never here: nobody is a superuser."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    password_is_one_time = models.BooleanField(default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    privacy: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPERATIONAL,
        "email": Privacy.STAFF,
        "name": Privacy.STAFF,
        "is_active": Privacy.OPERATIONAL,
        "password_is_one_time": Privacy.OPERATIONAL,
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
        """Take the password its owner chose."""
        self.set_password(password)
        self.password_is_one_time = False
        self.save(update_fields=["password", "password_is_one_time"])

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

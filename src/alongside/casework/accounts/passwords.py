"""Signing in by password, as Django does it; whose session it is is asked every visit, so composed once."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from alongside.casework.accounts.models import User
from alongside.casework.accounts.queries.signing_in import accounts_of


class ByPassword(ModelBackend):
    """Accounts with a password."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the account; None if it no longer exists, or is closed."""
        found = accounts_of(account=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None

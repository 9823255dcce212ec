"""Members' sessions, in the database as Django keeps them, found by a query that is composed once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from alongside.casework.accounts.queries.signing_in import sessions_of


class SessionStore(db.SessionStore):
    """What a browser's session remembers."""

    def load(self) -> dict[str, Any]:
        """Return it; empty if there is no such session any more."""
        found = sessions_of(key=self.session_key or "", now=timezone.now())
        if found:
            return self.decode(found[0].session_data)
        self._session_key = None
        return {}

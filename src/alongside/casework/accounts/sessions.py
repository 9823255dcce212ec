"""Sessions of members, in the database: as Django keeps them, found by a question that is composed once."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from alongside.casework.kernel.composed import composed_once


class SessionStore(db.SessionStore):
    """What a browser's session remembers."""

    def load(self) -> dict[str, Any]:
        """Return it; nothing where there is no such session any more."""
        found = _session(key=self.session_key or "", now=timezone.now())
        if found:
            return self.decode(found[0].session_data)
        self._session_key = None
        return {}


@composed_once
def _session(*, key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)

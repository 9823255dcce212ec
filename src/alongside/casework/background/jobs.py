"""What the installation itself needs: clearing up what is no longer needed."""

from datetime import datetime

from asgiref.sync import async_to_sync
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from procrastinate.contrib.django import app as queue

from alongside.casework.background.rules import Outcome

JOBS_KEPT_HOURS = 14 * 24
"""Two weeks of finished jobs, so that a support desk can look back over a holiday."""


def clear_away(*, at: datetime) -> Outcome:  # noqa: ARG001 - both deletions read their own clocks
    """Delete expired sessions and jobs that finished long ago; nothing in people's records."""
    with transaction.atomic():
        SessionStore.clear_expired()
    async_to_sync(queue.job_manager.delete_old_jobs)(
        nb_hours=JOBS_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
    return Outcome("Expired sessions and old entries in the queue were deleted.")

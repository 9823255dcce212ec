"""What the installation itself needs done: what is no longer of use is cleared away."""

from datetime import datetime

from asgiref.sync import async_to_sync
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from procrastinate.contrib.django import app as queue

from alongside.casework.background.rules import Outcome

JOBS_KEPT_HOURS = 14 * 24
"""Two weeks of jobs that ended, so that a support desk can look back over a holiday."""


def clear_away(*, at: datetime) -> Outcome:  # noqa: ARG001 - the two that clear away read their own clocks
    """Delete sessions that have run out, and jobs that ended long ago; nothing of people's records."""
    with transaction.atomic():
        SessionStore.clear_expired()
    async_to_sync(queue.job_manager.delete_old_jobs)(
        nb_hours=JOBS_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
    return Outcome("Sessions that had run out and old entries of the queue are cleared away.")

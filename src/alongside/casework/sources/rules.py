"""What is decided about runs, releases and flags without looking anything up."""

from datetime import datetime, timedelta

FLAG_LASTS = timedelta(weeks=6)
"""A flag nobody acted on says little about a person after that; the next run says what holds then."""


def flag_expires(released_at: datetime) -> datetime:
    """Return when a flag released then expires."""
    return released_at + FLAG_LASTS

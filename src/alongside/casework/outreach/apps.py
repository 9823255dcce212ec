"""The app."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Worklists, conversations and referrals."""

    name = "alongside.casework.outreach"
    label = "outreach"

"""The app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """What crosses from one agency to another, and why."""

    name = "alongside.casework.sharing"
    label = "sharing"

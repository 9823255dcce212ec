"""The app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Services that can be offered, own entries and those of feeds."""

    name = "alongside.casework.directory"
    label = "directory"

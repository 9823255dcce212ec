"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Services that can be offered, own entries and those of feeds."""

    name = "alongside.casework.directory"
    label = "directory"

    def ready(self) -> None:
        """Add this app's places to the navigation."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import ENTRIES, Entry, who_may

        ENTRIES.extend(
            [
                Entry(_("Services"), "directory:search", 30, who_may(Permission.DIRECTORY_READ)),
            ]
        )

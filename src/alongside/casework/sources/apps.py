"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """Runs, releases, doubtful links and data questions."""

    name = "alongside.casework.sources"
    label = "sources"

    def ready(self) -> None:
        """Add this app's places to the navigation."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import ENTRIES, Entry, who_may

        ENTRIES.extend(
            [
                Entry(_("Runs"), "sources:runs", 40, who_may(Permission.RELEASE_READ)),
                Entry(_("Doubtful links"), "sources:doubts", 45, who_may(Permission.LINK_REVIEW)),
                Entry(_("Data questions"), "sources:questions", 50, who_may(Permission.DATA_QUESTION)),
            ]
        )

"""The app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Runs, releases, doubtful links and data questions."""

    name = "alongside.casework.sources"
    label = "sources"

    def ready(self) -> None:
        """Add this app's places to the navigation."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.sources.views.today import links_to_settle, runs_to_release

        ENTRIES.extend(
            [
                Entry("Runs", "sources:runs", 40, who_may(Permission.RELEASE_READ)),
                Entry("Doubtful links", "sources:doubts", 45, who_may(Permission.LINK_REVIEW)),
                Entry("Data questions", "sources:questions", 50, who_may(Permission.DATA_QUESTION)),
            ]
        )
        SECTIONS.extend([runs_to_release, links_to_settle])

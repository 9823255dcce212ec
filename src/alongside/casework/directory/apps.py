"""The app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Services that can be offered, own entries and those of feeds."""

    name = "alongside.casework.directory"
    label = "directory"

    def ready(self) -> None:
        """Add this app's places to the navigation."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.directory.views.today import entries_to_look_at

        ENTRIES.extend(
            [
                Entry("Services", "directory:search", 30, who_may(Permission.DIRECTORY_READ)),
            ]
        )
        BESIDE["directory:search"] = [
            Entry("Our entries", "directory:ours", 10, who_may(Permission.DIRECTORY_EDIT)),
            Entry(
                "Other directories we take in", "directory:feeds", 20, who_may(Permission.DIRECTORY_IMPORT)
            ),
        ]
        SECTIONS.append(entries_to_look_at)

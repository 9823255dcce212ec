"""The app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, organisations and who belongs where."""

    name = "alongside.casework.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Add this app's places to the navigation."""
        from alongside.casework.design.navigation import ENTRIES, Entry

        ENTRIES.extend(
            [
                Entry("Today", "today", 0),
                Entry("Organisations", "accounts:organisations", 80),
                Entry("Members", "accounts:members", 90),
            ]
        )

"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, organisations and who belongs where."""

    name = "alongside.casework.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Add this app's places to the navigation."""
        from alongside.casework.design.navigation import ENTRIES, Entry

        ENTRIES.extend(
            [
                Entry(_("Today"), "today", 0),
                Entry(_("Organisations"), "accounts:organisations", 80),
                Entry(_("Team and members"), "accounts:members", 90),
            ]
        )

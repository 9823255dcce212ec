"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, organisations and who belongs where."""

    name = "alongside.casework.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Add this app's pages to the navigation, and its sections to the Today page."""
        from alongside.casework.accounts.views.today import covering, own_profile, own_training
        from alongside.casework.design.navigation import ENTRIES, Entry
        from alongside.casework.design.today import SECTIONS

        SECTIONS.extend([own_training, covering, own_profile])
        ENTRIES.extend(
            [
                Entry(_("Today"), "today", 0),
                Entry(_("Organisations"), "accounts:organisations", 80),
                Entry(_("Members"), "accounts:members", 90),
            ]
        )

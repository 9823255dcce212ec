"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    """Worklists, conversations and referrals."""

    name = "alongside.casework.outreach"
    label = "outreach"

    def ready(self) -> None:
        """Add this app's places to the navigation, and what it asks of a member's day."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.outreach.views.today import my_list

        ENTRIES.extend(
            [
                Entry(_("Lists"), "outreach:mine", 20, who_may(Permission.WORKLIST_READ)),
                Entry(_("Referrals"), "outreach:referrals", 25, who_may(Permission.REFERRAL_ANSWER)),
            ]
        )

        SECTIONS.append(my_list)

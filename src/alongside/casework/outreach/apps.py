"""The app."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Worklists, conversations and referrals."""

    name = "alongside.casework.outreach"
    label = "outreach"

    def ready(self) -> None:
        """Add this app's places to the navigation, and what it asks of a member's day."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.outreach.views.today import my_list

        ENTRIES.extend(
            [
                Entry("Lists", "outreach:mine", 20, who_may(Permission.WORKLIST_READ)),
                Entry("Referrals", "outreach:referrals", 25, who_may(Permission.REFERRAL_ANSWER)),
            ]
        )

        put_on_list = Entry(
            "Put them on our list", "outreach:put_on_list", 10, who_may(Permission.WORKLIST_WORK)
        )
        BESIDE.setdefault("people:person", []).append(put_on_list)
        SECTIONS.append(my_list)

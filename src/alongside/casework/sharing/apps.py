"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    """What crosses from one agency to another, and why."""

    name = "alongside.casework.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Add this app's places to the navigation, and its line to the day of whoever keeps agreements."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.people.queries.telling import STANDS_IN_THE_WAY
        from alongside.casework.sharing.queries.telling import why_not_told
        from alongside.casework.sharing.views.today import agreements_to_look_at, sharing_waits

        ENTRIES.append(Entry(_("Agreements"), "sharing:agreements", 85, who_may(Permission.AGREEMENT_KEEP)))
        BESIDE["sharing:agreements"] = [
            Entry(_("Enter an agreement"), "sharing:sign", 10, who_may(Permission.AGREEMENT_KEEP))
        ]
        BESIDE.setdefault("people:person", []).append(
            Entry(_("What they chose about sharing"), "sharing:choices", 5, who_may(Permission.PERSON_READ))
        )
        STANDS_IN_THE_WAY.append(why_not_told)
        SECTIONS.extend([agreements_to_look_at, sharing_waits])

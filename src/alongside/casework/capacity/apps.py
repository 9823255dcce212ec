"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapacityConfig(AppConfig):
    """Capacity for one decision at a time, and who is on the person's side."""

    name = "alongside.casework.capacity"
    label = "capacity"

    def ready(self) -> None:
        """Add this app's link on a person's page, and its section on a member's day."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.capacity.views.today import decisions_that_wait
        from alongside.casework.design.navigation import BESIDE, Entry, who_may
        from alongside.casework.design.today import SECTIONS

        BESIDE.setdefault("people:person/work", []).append(
            Entry(
                _("Decisions: mental capacity, advance wishes and advocacy"),
                "capacity:decisions",
                15,
                who_may(Permission.PERSON_READ),
            )
        )
        SECTIONS.append(decisions_that_wait)

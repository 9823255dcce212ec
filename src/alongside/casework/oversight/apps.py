"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    """Overseeing how information is used."""

    name = "alongside.casework.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Add this app to the navigation, and its links beside a person and an emergency."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may

        ENTRIES.append(Entry(_("Audit trail"), "oversight:trail", 90, who_may(Permission.AUDIT_READ)))
        for page in ("people:person/rights", "people:review"):
            BESIDE.setdefault(page, []).append(
                Entry(
                    _("Who has looked at this record"),
                    "oversight:person",
                    90,
                    who_may(Permission.AUDIT_READ),
                )
            )

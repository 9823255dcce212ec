"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffersConfig(AppConfig):
    """What was offered, how the person replied, and what was not offered."""

    name = "alongside.casework.offers"
    label = "offers"

    def ready(self) -> None:
        """Add this app's link to a person's page, and its lines to the Today page."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.offers.permissions import may_read_report
        from alongside.casework.offers.queries import parting
        from alongside.casework.offers.views.today import offers_of_the_day
        from alongside.casework.people.queries.parting import NAMED, STAYS

        STAYS.append(parting.stays)
        NAMED.append(parting.named)
        BESIDE.setdefault("people:person/work", []).append(
            Entry(
                _("What was offered, and what they said"), "offers:offers", 5, who_may(Permission.PERSON_READ)
            )
        )
        ENTRIES.append(
            Entry(
                _("Who is offered help"),
                "offers:report",
                60,
                lambda request: may_read_report(request.actor).allowed,  # type: ignore[attr-defined]
            )
        )
        SECTIONS.append(offers_of_the_day)

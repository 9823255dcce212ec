"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    """What one agency shares with another, and why."""

    name = "alongside.casework.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Add this app's pages to the navigation, its sections to Today, and its nightly jobs."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.background.rules import nightly
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.people.queries.telling import STANDS_IN_THE_WAY
        from alongside.casework.sharing.jobs import (
            chase_looks_nightly,
            chase_nightly,
            remind_of_ends_nightly,
        )
        from alongside.casework.sharing.queries.telling import why_not_told
        from alongside.casework.sharing.views.today import (
            agreements_to_look_at,
            late_looks,
            sharing_waits,
        )

        ENTRIES.append(Entry(_("Agreements"), "sharing:agreements", 85, who_may(Permission.AGREEMENT_KEEP)))
        BESIDE.setdefault("sharing:agreements", []).append(
            Entry(_("Enter an agreement"), "sharing:sign", 10, who_may(Permission.AGREEMENT_KEEP))
        )
        BESIDE.setdefault("accounts:organisations", []).append(
            Entry(
                _("What they agreed about sharing"),
                "sharing:agreements",
                10,
                who_may(Permission.AGREEMENT_READ),
            )
        )
        BESIDE.setdefault("people:person/sharing", []).extend(
            [
                Entry(
                    _("What they chose about sharing"), "sharing:choices", 5, who_may(Permission.PERSON_READ)
                ),
                Entry(
                    _("What was shared about them"), "sharing:decisions", 6, who_may(Permission.PERSON_READ)
                ),
            ]
        )
        STANDS_IN_THE_WAY.append(why_not_told)
        ENTRIES.append(
            Entry(
                _("Requests"),
                "sharing:requests",
                27,
                lambda request: (
                    who_may(Permission.REQUEST_ANSWER)(request) or who_may(Permission.REQUEST_COUNT)(request)
                ),
            )
        )
        BESIDE.setdefault("people:person/sharing", []).append(
            Entry(
                _("Ask another agency for information"),
                "sharing:request_new",
                15,
                who_may(Permission.REQUEST_MAKE),
            )
        )
        SECTIONS.extend([agreements_to_look_at, late_looks, sharing_waits])
        schedule(
            Scheduled(
                code="agreements",
                rhythm=nightly(hour=1, minute=35),
                job=remind_of_ends_nightly,
                title=lambda: gettext("Remind people of agreements that are ending"),
                what=lambda: gettext(
                    "Tells the people who keep agreements at its parties 60 days and 14 days before an "
                    "agreement ends and on its last day, once each. Their Today page shows which one it is."
                ),
            )
        )
        schedule(
            Scheduled(
                code="requests",
                rhythm=nightly(hour=1, minute=25),
                job=chase_nightly,
                title=lambda: gettext("Chase requests for information"),
                what=lambda: gettext(
                    "Reminds whoever asked on the day an answer is due, the managers of the agency asked "
                    "three working days later, and the managers of both after seven."
                ),
            )
        )
        schedule(
            Scheduled(
                code="late-looks",
                rhythm=nightly(hour=1, minute=45),
                job=chase_looks_nightly,
                title=lambda: gettext("Remind people of emergencies that nobody has looked at"),
                what=lambda: gettext(
                    "Tells the managers again if nobody has looked within a working day at what was shared "
                    "in an emergency, and a working day later tells those who review emergencies, once each."
                ),
            )
        )

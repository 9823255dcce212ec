"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """What a person may ask of us."""

    name = "alongside.casework.rights"
    label = "rights"

    def ready(self) -> None:
        """Add this app's place, its line to the day, its link beside a person, and whom people were told."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.people.queries.recipients import RECIPIENTS
        from alongside.casework.rights.queries.recipients import (
            by_decision,
            by_question,
            by_reach,
            by_referral,
        )
        from alongside.casework.rights.views.today import requests_to_answer

        handles = who_may(Permission.RIGHTS_HANDLE)
        ENTRIES.append(Entry(_("Requests for access"), "rights:requests", 88, handles))
        BESIDE.setdefault("people:person", []).append(
            Entry(
                _("They ask for what we hold about them"),
                "rights:take",
                80,
                who_may(Permission.PERSON_READ),
            )
        )
        BESIDE["people:person"].append(
            Entry(
                _("What they may read about themself"), "rights:statement", 7, who_may(Permission.PERSON_READ)
            )
        )
        SECTIONS.append(requests_to_answer)
        RECIPIENTS.extend([by_reach, by_question, by_referral, by_decision])

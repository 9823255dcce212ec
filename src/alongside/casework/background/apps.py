"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class BackgroundConfig(AppConfig):
    """Automatic jobs."""

    name = "alongside.casework.background"
    label = "background"

    def ready(self) -> None:
        """Add this app's place to the navigation, and its line to the schedule."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.background.jobs import clear_away
        from alongside.casework.background.rules import nightly
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.design.navigation import ENTRIES, Entry, who_may

        ENTRIES.append(
            Entry(_("Automatic jobs"), "background:what_runs", 95, who_may(Permission.SCHEDULE_READ))
        )
        schedule(
            Scheduled(
                code="clear_away",
                rhythm=nightly(hour=3, minute=40),
                job=clear_away,
                title=lambda: gettext("Clear up"),
                what=lambda: gettext(
                    "Deletes sign-in sessions that have expired, and records of jobs that finished more than "
                    "two weeks ago."
                ),
            )
        )

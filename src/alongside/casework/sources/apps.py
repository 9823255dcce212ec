"""The app."""

from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """Runs, releases, doubtful links and data questions."""

    name = "alongside.casework.sources"
    label = "sources"

    def ready(self) -> None:
        """Add this app's entries to the navigation, its sections to today, and its line to the schedule."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.background.rules import Outcome, every
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.design.navigation import ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.sources.views.today import (
            links_to_settle,
            questions_to_answer,
            runs_to_release,
        )

        def look(*, at: datetime) -> Outcome:
            # only where it is run: this imports the engine, which takes seconds
            from alongside.casework.sources.jobs import look_into_drop_folder

            return look_into_drop_folder(at=at)

        ENTRIES.extend(
            [
                Entry(_("Runs"), "sources:runs", 40, who_may(Permission.RELEASE_READ)),
                Entry(_("Doubtful links"), "sources:doubts", 45, who_may(Permission.LINK_REVIEW)),
                Entry(_("Data questions"), "sources:questions", 50, who_may(Permission.DATA_QUESTION)),
            ]
        )
        SECTIONS.extend([runs_to_release, links_to_settle, questions_to_answer])
        schedule(
            Scheduled(
                code="drop_folder",
                rhythm=every(minutes=5),
                job=look,
                title=lambda: gettext("Check the drop folder"),
                what=lambda: gettext(
                    "Makes a run if an agency has put a new extract there. The run waits for an approver: "
                    "nothing is released automatically."
                ),
            )
        )

"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Services that can be offered: own entries, and those from feeds."""

    name = "alongside.casework.directory"
    label = "directory"

    def ready(self) -> None:
        """Add this app's pages to the navigation, and its job to the schedule."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.background.rules import nightly
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.directory.jobs import take_feeds_nightly
        from alongside.casework.directory.views.today import entries_to_look_at

        BESIDE.setdefault("accounts:organisation", []).append(
            Entry(_("What they offer in the directory"), "directory:of_organisation", 10)
        )
        ENTRIES.extend(
            [
                Entry(_("Services"), "directory:search", 30, who_may(Permission.DIRECTORY_READ)),
            ]
        )
        BESIDE["directory:search"] = [
            Entry(_("Our entries"), "directory:ours", 10, who_may(Permission.DIRECTORY_EDIT)),
            Entry(
                _("Other directories we import"), "directory:feeds", 20, who_may(Permission.DIRECTORY_IMPORT)
            ),
        ]
        SECTIONS.append(entries_to_look_at)
        schedule(
            Scheduled(
                code="feeds",
                rhythm=nightly(hour=2, minute=20),
                job=take_feeds_nightly,
                title=lambda: gettext("Import other directories"),
                what=lambda: gettext(
                    "Fetches the directories of services that others publish. If one cannot be fetched, its "
                    "last good copy is kept, and its date is shown with each of its services."
                ),
            )
        )

"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Services that can be offered, own entries and those of feeds."""

    name = "alongside.casework.directory"
    label = "directory"

    def ready(self) -> None:
        """Add this app's places to the navigation, and its line to the schedule."""
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
                _("Other directories we take in"), "directory:feeds", 20, who_may(Permission.DIRECTORY_IMPORT)
            ),
        ]
        SECTIONS.append(entries_to_look_at)
        schedule(
            Scheduled(
                code="feeds",
                rhythm=nightly(hour=2, minute=20),
                job=take_feeds_nightly,
                title=lambda: gettext("Take in other directories"),
                what=lambda: gettext(
                    "Fetches the directories of services that others publish. One that cannot be had keeps "
                    "its last good copy, whose date stands beside each of its services."
                ),
            )
        )

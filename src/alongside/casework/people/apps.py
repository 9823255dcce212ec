"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People, and who may see them."""

    name = "alongside.casework.people"
    label = "people"

    def ready(self) -> None:
        """Add this app's menu entry, its sections on a member's day, and its line in the schedule."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.background.rules import nightly
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.design.navigation import ENTRIES, Entry
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.people.jobs import forget_unused_names
        from alongside.casework.people.views.today import records_lately, to_review

        ENTRIES.append(
            Entry(
                _("People"),
                "people:search",
                10,
                lambda request: request.actor.may(Permission.PERSON_READ).allowed,  # type: ignore[attr-defined]
            )
        )
        SECTIONS.extend([records_lately, to_review])
        schedule(
            Scheduled(
                code="names",
                rhythm=nightly(hour=1, minute=40),
                job=forget_unused_names,
                title=lambda: gettext("Forget names that are no longer used"),
                what=lambda: gettext("Takes names out of the search when no record has them any more."),
            )
        )

"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People, and who may see them."""

    name = "alongside.casework.people"
    label = "people"

    def ready(self) -> None:
        """Add this app's place to the navigation, and what it asks of a member's day."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.design.navigation import ENTRIES, Entry
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.people.views.today import asked_of_us, to_review

        ENTRIES.append(
            Entry(
                _("People"),
                "people:search",
                10,
                lambda request: request.actor.may(Permission.PERSON_READ).allowed,  # type: ignore[attr-defined]
            )
        )
        SECTIONS.extend([asked_of_us, to_review])

"""The app."""

from django.apps import AppConfig

from alongside.casework.design.translations import remember_translations


class DesignConfig(AppConfig):
    """Layouts, components and static files."""

    name = "alongside.casework.design"
    label = "design"

    def ready(self) -> None:
        """Look up each sentence in each language only once."""
        remember_translations()

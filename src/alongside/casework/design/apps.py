"""The app."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Layouts, components and static files."""

    name = "alongside.casework.design"
    label = "design"

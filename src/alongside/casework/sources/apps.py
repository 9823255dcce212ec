"""The app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Runs, releases, doubtful links and data questions."""

    name = "alongside.casework.sources"
    label = "sources"

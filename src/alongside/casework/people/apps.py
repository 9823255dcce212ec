"""The app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, and who may see them."""

    name = "alongside.casework.people"
    label = "people"

"""The app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, organisations and who belongs where."""

    name = "alongside.casework.accounts"
    label = "accounts"

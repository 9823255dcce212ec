"""The app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit events."""

    name = "alongside.casework.audit"
    label = "audit"

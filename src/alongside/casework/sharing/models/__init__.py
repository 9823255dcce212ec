"""Tables of sharing."""

from alongside.casework.sharing.models.agreements import Agreement, AgreementQuerySet

__all__ = ["Agreement", "AgreementQuerySet"]

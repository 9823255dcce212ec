"""Tables of sharing."""

from alongside.casework.sharing.models.agreements import Agreement
from alongside.casework.sharing.models.choices import SharingChoice

__all__ = ["Agreement", "SharingChoice"]

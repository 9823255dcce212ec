"""Tables of sharing."""

from alongside.casework.sharing.models.agreements import Agreement

__all__ = ["Agreement"]

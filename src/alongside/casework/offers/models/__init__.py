"""The tables of offers. Each row is behind its person's wall, and is never changed (migration 0002)."""

from alongside.casework.offers.models.not_offered import NotOffered, SecondLook
from alongside.casework.offers.models.offers import Offer, Reply

__all__ = ["NotOffered", "Offer", "Reply", "SecondLook"]

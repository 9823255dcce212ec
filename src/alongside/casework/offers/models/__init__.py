"""The tables of offers. Each is behind the wall of its person, and none is ever changed (migration 0002)."""

from alongside.casework.offers.models.not_offered import NotOffered, SecondLook
from alongside.casework.offers.models.offers import Offer, Reply

__all__ = ["NotOffered", "Offer", "Reply", "SecondLook"]

"""What a person wishes in case they cannot decide later, and who they gave a say. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """What was made in advance; only the first is kept here itself, of the others only that one exists."""

    STATEMENT = "statement"
    """What they wish, in their words (Mental Capacity Act 2005 s.4(6)(a))."""
    REFUSAL = "refusal"
    """An advance decision to refuse treatment (s.24 to 26)."""
    LPA_HEALTH = "lpa_health"
    LPA_MONEY = "lpa_money"
    """Lasting powers of attorney (s.9)."""
    DEPUTY = "deputy"
    """Somebody the Court of Protection appointed (s.16)."""


BINDS = (Kind.REFUSAL, Kind.LPA_HEALTH, Kind.LPA_MONEY, Kind.DEPUTY)
"""If one of these covers a decision, it is not for anybody else to make."""
NEEDS_CAPACITY = (Kind.REFUSAL, Kind.LPA_HEALTH, Kind.LPA_MONEY)
"""The person takes one of these back only while they can decide that (s.13(2) and s.24(3))."""

"""What kind of thing a column holds: exports, disposal and the impact assessment are built from this."""

from enum import StrEnum


class Privacy(StrEnum):
    """Every field of every model of ours is one of these; a test fails for a field that is not."""

    IDENTIFYING = "identifying"
    """Says who somebody is."""
    SENSITIVE = "sensitive"
    """Says something about a person."""
    FREE_TEXT = "free text"
    """May say anything, about anybody."""
    STAFF = "staff"
    """About somebody at work."""
    OPERATIONAL = "operational"
    """Not about a person: states, times, numbers."""

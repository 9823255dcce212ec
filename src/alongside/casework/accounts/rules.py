"""What is decided about members without looking anything up."""

from datetime import date

NEEDED = "information_governance"
"""The training without which nobody sees a person: how to handle what one reads here."""


def training_holds(valid_to: date | None, *, on: date) -> bool:
    """Whether a training that is valid to a day (exclusive; None: for good) holds on another."""
    return valid_to is None or on < valid_to

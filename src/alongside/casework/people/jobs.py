"""What runs at night."""

from datetime import datetime

from alongside.casework.background.rules import Outcome
from alongside.casework.people.models import NameWord


def forget_unused_names(*, at: datetime) -> Outcome:  # noqa: ARG001 - the same at any time
    """Remove words that no record has any more from the list of names, and say how many."""
    return Outcome(f"Words forgotten: {NameWord.forget_unused()}.")

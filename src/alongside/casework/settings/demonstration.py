"""The demonstration on one's own machine: the named people of Riverside, one click each to sign in."""

from alongside.casework.settings.base import *  # noqa: F403

DEMONSTRATION = True
SECOND_FACTOR_FOR = frozenset()

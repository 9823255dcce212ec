"""What is known about each person and household: tables ``facts``, ``factors`` and ``case_index``.

A fact nobody holds is *not known*, never *no* (ADR 0005).
"""

from alongside.insight.factors.bedrooms import Household, bedrooms_needed
from alongside.insight.factors.build import FactorReport, compute_factors
from alongside.insight.factors.catalogue import FactorInfo, Pack, catalogue
from alongside.insight.factors.exclusions import (
    Unread,
    exclusion_in_words,
    unread_exclusions,
    unread_in_words,
)

__all__ = [
    "FactorInfo",
    "FactorReport",
    "Household",
    "Pack",
    "Unread",
    "bedrooms_needed",
    "catalogue",
    "compute_factors",
    "exclusion_in_words",
    "unread_exclusions",
    "unread_in_words",
]

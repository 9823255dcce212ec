"""Capacity tables. Row-level security guards each; what was recorded is never changed (migration 0002)."""

from alongside.casework.capacity.models.advance import AdvanceStatement, AdvanceWithdrawal
from alongside.casework.capacity.models.advocacy import Advocate, AdvocateStep
from alongside.casework.capacity.models.best_interests import BestInterests
from alongside.casework.capacity.models.records import AdviceNote, CapacityRecord, CapacityView

__all__ = [
    "AdvanceStatement",
    "AdvanceWithdrawal",
    "AdviceNote",
    "Advocate",
    "AdvocateStep",
    "BestInterests",
    "CapacityRecord",
    "CapacityView",
]

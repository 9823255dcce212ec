"""The tables of rights. Each is protected by row-level security (migration 0002)."""

from alongside.casework.rights.models.bundle import Given, Look, Withheld
from alongside.casework.rights.models.disputes import Dispute
from alongside.casework.rights.models.keeping import Disposal, LegalHold
from alongside.casework.rights.models.left_out import LeftOut
from alongside.casework.rights.models.requests import AccessRequest, Clarification
from alongside.casework.rights.models.statement import StatementGiven

__all__ = [
    "AccessRequest",
    "Clarification",
    "Disposal",
    "Dispute",
    "Given",
    "LeftOut",
    "LegalHold",
    "Look",
    "StatementGiven",
    "Withheld",
]

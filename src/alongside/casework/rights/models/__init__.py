"""The tables of rights. Row-level security guards each of them (migration 0002)."""

from alongside.casework.rights.models.bundle import Given, Look, Withheld
from alongside.casework.rights.models.requests import AccessRequest, Clarification
from alongside.casework.rights.models.statement import StatementGiven

__all__ = ["AccessRequest", "Clarification", "Given", "Look", "StatementGiven", "Withheld"]

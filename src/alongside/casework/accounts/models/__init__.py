"""The tables of accounts."""

from alongside.casework.accounts.models.members import Absence, Membership, Training
from alongside.casework.accounts.models.organisations import Organisation, Partnership, Team
from alongside.casework.accounts.models.second_factor import SecondFactor
from alongside.casework.accounts.models.sign_on import BoundSubject
from alongside.casework.accounts.models.users import User

__all__ = [
    "Absence",
    "BoundSubject",
    "Membership",
    "Organisation",
    "Partnership",
    "SecondFactor",
    "Team",
    "Training",
    "User",
]

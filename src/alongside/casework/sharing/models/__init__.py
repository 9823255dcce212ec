"""Tables of sharing."""

from alongside.casework.sharing.models.agreements import Agreement
from alongside.casework.sharing.models.requests import InformationRequest, RequestChaser, RequestItem

__all__ = ["Agreement", "InformationRequest", "RequestChaser", "RequestItem"]

"""Tables of sharing."""

from alongside.casework.sharing.models.advice import Advice, ShareDraft
from alongside.casework.sharing.models.agreements import Agreement, AgreementReminder
from alongside.casework.sharing.models.choices import SharingChoice
from alongside.casework.sharing.models.corrections import RecipientTold
from alongside.casework.sharing.models.decisions import Disclosure, Recipient, ShareDecision, SharedItem
from alongside.casework.sharing.models.looking import LookChased, LookedAgain
from alongside.casework.sharing.models.overrides import LaterView, RefusalOverride, SecondLook
from alongside.casework.sharing.models.requests import InformationRequest, RequestChaser, RequestItem

__all__ = [
    "Advice",
    "Agreement",
    "AgreementReminder",
    "Disclosure",
    "InformationRequest",
    "LaterView",
    "LookChased",
    "LookedAgain",
    "Recipient",
    "RecipientTold",
    "RefusalOverride",
    "RequestChaser",
    "RequestItem",
    "SecondLook",
    "ShareDecision",
    "ShareDraft",
    "SharedItem",
    "SharingChoice",
]

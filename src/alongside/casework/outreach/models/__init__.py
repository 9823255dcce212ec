"""The tables of outreach. Row-level security guards each of them (migration 0002)."""

from alongside.casework.outreach.models.conversations import Answer, Conversation, Outcome
from alongside.casework.outreach.models.items import WorkItem
from alongside.casework.outreach.models.referrals import Referral
from alongside.casework.outreach.models.work import Attempt, HandOver, Judgement, Note

__all__ = [
    "Answer",
    "Attempt",
    "Conversation",
    "HandOver",
    "Judgement",
    "Note",
    "Outcome",
    "Referral",
    "WorkItem",
]

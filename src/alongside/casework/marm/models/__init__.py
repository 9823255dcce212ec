"""The tables of the approach. What was said is added to; what stands has states (migration 0002)."""

from alongside.casework.marm.models.actions import Action, ActionNudge, ActionUpdate
from alongside.casework.marm.models.cases import Case, CaseAgency, CriterionAnswer
from alongside.casework.marm.models.concerns import Concern, Screening
from alongside.casework.marm.models.decisions import CaseDecision, DecisionOption, DecisionPosition
from alongside.casework.marm.models.drift import DriftFound
from alongside.casework.marm.models.endings import Ending
from alongside.casework.marm.models.family import FamilyRisk
from alongside.casework.marm.models.invitations import Invitation
from alongside.casework.marm.models.leading import Lead
from alongside.casework.marm.models.meetings import Invited, Meeting, MeetingAsked
from alongside.casework.marm.models.minutes import Addendum, AgencyReport, FamilyView, Minutes
from alongside.casework.marm.models.onward import Onward
from alongside.casework.marm.models.reviews import DeclineReview

__all__ = [
    "Action",
    "ActionNudge",
    "ActionUpdate",
    "Addendum",
    "AgencyReport",
    "Case",
    "CaseAgency",
    "CaseDecision",
    "Concern",
    "CriterionAnswer",
    "DecisionOption",
    "DecisionPosition",
    "DeclineReview",
    "DriftFound",
    "Ending",
    "FamilyRisk",
    "FamilyView",
    "Invitation",
    "Invited",
    "Lead",
    "Meeting",
    "MeetingAsked",
    "Minutes",
    "Onward",
    "Screening",
]

"""The tables of the approach. What was said is only added to; what can change has states (migration 0002)."""

from alongside.casework.marm.models.actions import Action, ActionNudge, ActionUpdate
from alongside.casework.marm.models.case_audits import (
    AuditAnswer,
    AuditLooker,
    CaseAudit,
    SampledCase,
    SampledFrom,
)
from alongside.casework.marm.models.cases import Case, CaseAgency, CriterionAnswer
from alongside.casework.marm.models.concerns import Concern, Screening
from alongside.casework.marm.models.decisions import CaseDecision, DecisionOption, DecisionPosition
from alongside.casework.marm.models.disputes import CaseDispute, DisputeRung
from alongside.casework.marm.models.drift import DriftFound
from alongside.casework.marm.models.endings import Ending
from alongside.casework.marm.models.engagement import EngagementTry
from alongside.casework.marm.models.family import FamilyRisk
from alongside.casework.marm.models.harm import HarmNoted
from alongside.casework.marm.models.invitations import Invitation
from alongside.casework.marm.models.leading import Lead
from alongside.casework.marm.models.meetings import Invited, Meeting, MeetingAsked
from alongside.casework.marm.models.minutes import Addendum, AgencyReport, FamilyView, Minutes
from alongside.casework.marm.models.onward import Onward
from alongside.casework.marm.models.remains import SharedRisk
from alongside.casework.marm.models.reviews import DeclineReview
from alongside.casework.marm.models.stepping_back import SteppedBack

__all__ = [
    "Action",
    "ActionNudge",
    "ActionUpdate",
    "Addendum",
    "AgencyReport",
    "AuditAnswer",
    "AuditLooker",
    "Case",
    "CaseAgency",
    "CaseAudit",
    "CaseDecision",
    "CaseDispute",
    "Concern",
    "CriterionAnswer",
    "DecisionOption",
    "DecisionPosition",
    "DeclineReview",
    "DisputeRung",
    "DriftFound",
    "Ending",
    "EngagementTry",
    "FamilyRisk",
    "FamilyView",
    "HarmNoted",
    "Invitation",
    "Invited",
    "Lead",
    "Meeting",
    "MeetingAsked",
    "Minutes",
    "Onward",
    "SampledCase",
    "SampledFrom",
    "Screening",
    "SharedRisk",
    "SteppedBack",
]

"""The tables of the approach. What was said is added to; what stands has states (migration 0002)."""

from alongside.casework.marm.models.actions import Action, ActionNudge, ActionUpdate
from alongside.casework.marm.models.cases import Case, CaseAgency, CriterionAnswer
from alongside.casework.marm.models.concerns import Concern, Screening
from alongside.casework.marm.models.decisions import CaseDecision, DecisionOption, DecisionPosition
from alongside.casework.marm.models.leading import Lead
from alongside.casework.marm.models.onward import Onward

__all__ = [
    "Action",
    "ActionNudge",
    "ActionUpdate",
    "Case",
    "CaseAgency",
    "CaseDecision",
    "Concern",
    "CriterionAnswer",
    "DecisionOption",
    "DecisionPosition",
    "Lead",
    "Onward",
    "Screening",
]

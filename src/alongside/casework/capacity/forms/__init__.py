"""What is asked about capacity. Forms validate and never save."""

from alongside.casework.capacity.forms.assessing import (
    AdviceForm,
    AgainForm,
    AssessmentForm,
    OpenedForm,
    ViewForm,
)
from alongside.casework.capacity.forms.best_interests import BestInterestsForm
from alongside.casework.capacity.forms.others import AdvanceForm, AdvocacyForm, StepForm, WithdrawForm

__all__ = [
    "AdvanceForm",
    "AdviceForm",
    "AdvocacyForm",
    "AgainForm",
    "AssessmentForm",
    "BestInterestsForm",
    "OpenedForm",
    "StepForm",
    "ViewForm",
    "WithdrawForm",
]

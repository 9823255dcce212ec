"""What is asked about what people may ask of us. Forms say whether it makes sense; commands save."""

from alongside.casework.rights.forms.disputes import AnswerDisputeForm, DisputeForm
from alongside.casework.rights.forms.keeping import ConfirmForm, HoldForm, KeepForm, LiftForm
from alongside.casework.rights.forms.requests import (
    AnswerForm,
    AskedForm,
    CloseForm,
    DayForm,
    ExtendForm,
    FindAndTakeForm,
    GivenForm,
    IdentityForm,
    LookForm,
    ReleaseForm,
    TakeForm,
    WithholdForm,
)
from alongside.casework.rights.forms.statement import StatementGivenForm
from alongside.casework.rights.forms.wishes import AnswerWishForm, FindAndWishForm, WishForm

__all__ = [
    "AnswerDisputeForm",
    "AnswerForm",
    "AnswerWishForm",
    "AskedForm",
    "CloseForm",
    "ConfirmForm",
    "DayForm",
    "DisputeForm",
    "ExtendForm",
    "FindAndTakeForm",
    "FindAndWishForm",
    "GivenForm",
    "HoldForm",
    "IdentityForm",
    "KeepForm",
    "LiftForm",
    "LookForm",
    "ReleaseForm",
    "StatementGivenForm",
    "TakeForm",
    "WishForm",
    "WithholdForm",
]

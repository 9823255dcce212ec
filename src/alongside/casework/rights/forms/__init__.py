"""Forms about people's rights. They check whether what was typed makes sense; commands save it."""

from alongside.casework.rights.forms.disputes import AnswerDisputeForm, DisputeForm
from alongside.casework.rights.forms.keeping import (
    ConfirmForm,
    FindAndHoldForm,
    HoldForm,
    KeepForm,
    LiftForm,
)
from alongside.casework.rights.forms.requests import (
    AnswerForm,
    AskedForm,
    CloseForm,
    DayForm,
    ExtendForm,
    FindAndTakeForm,
    FindForm,
    GivenForm,
    IdentityForm,
    LookForm,
    ReleaseForm,
    TakeForm,
    WithholdForm,
)
from alongside.casework.rights.forms.statement import StatementGivenForm
from alongside.casework.rights.forms.wishes import AnswerWishForm, FindAndWishForm, TakeBackForm, WishForm

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
    "FindAndHoldForm",
    "FindAndTakeForm",
    "FindAndWishForm",
    "FindForm",
    "GivenForm",
    "HoldForm",
    "IdentityForm",
    "KeepForm",
    "LiftForm",
    "LookForm",
    "ReleaseForm",
    "StatementGivenForm",
    "TakeBackForm",
    "TakeForm",
    "WishForm",
    "WithholdForm",
]

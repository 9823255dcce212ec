"""Forms about people. They say whether what was typed makes sense; commands save."""

from alongside.casework.people.forms.asking import (
    AnswerForm,
    AskForm,
    SafeToKnow,
    safe_field,
    why_not_safe_field,
)
from alongside.casework.people.forms.emergency import EmergencyForm, ReviewForm
from alongside.casework.people.forms.parting import PartForm
from alongside.casework.people.forms.records import (
    WHERE_THEY_LIVE,
    ChangeForm,
    ChronologyForm,
    ContactForm,
    CorrectionForm,
    DetailsForm,
    EndInvolvementForm,
    InvolvementForm,
    MergeForm,
    OwnWordsForm,
    SearchForm,
    TakeBackForm,
    WordsForm,
)

__all__ = [
    "WHERE_THEY_LIVE",
    "AnswerForm",
    "AskForm",
    "ChangeForm",
    "ChronologyForm",
    "ContactForm",
    "CorrectionForm",
    "DetailsForm",
    "EmergencyForm",
    "EndInvolvementForm",
    "InvolvementForm",
    "MergeForm",
    "OwnWordsForm",
    "PartForm",
    "ReviewForm",
    "SafeToKnow",
    "SearchForm",
    "TakeBackForm",
    "WordsForm",
    "safe_field",
    "why_not_safe_field",
]

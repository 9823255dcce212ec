"""What is entered on the pages of outreach. Forms check it and never save."""

from alongside.casework.outreach.forms.fields import PRIORITIES
from alongside.casework.outreach.forms.items import (
    RESULTS,
    VERDICTS,
    AttemptForm,
    CoverForm,
    HandOverAnswerForm,
    JudgeForm,
    MemberForm,
    NeedsForm,
    PriorityForm,
    SkillsForm,
    WhyForm,
)
from alongside.casework.outreach.forms.referrals import (
    CompleteForm,
    DeclineForm,
    ReferForm,
    TakeBackForm,
    WorryForm,
)
from alongside.casework.outreach.forms.talks import (
    DangerForm,
    FinishForm,
    OwnPageForm,
)

__all__ = [
    "PRIORITIES",
    "RESULTS",
    "VERDICTS",
    "AttemptForm",
    "CompleteForm",
    "CoverForm",
    "DangerForm",
    "DeclineForm",
    "FinishForm",
    "HandOverAnswerForm",
    "JudgeForm",
    "MemberForm",
    "NeedsForm",
    "OwnPageForm",
    "PriorityForm",
    "ReferForm",
    "SkillsForm",
    "TakeBackForm",
    "WhyForm",
    "WorryForm",
]

"""What members type. Forms validate; commands decide and save."""

from alongside.casework.accounts.forms.members import (
    AbsenceForm,
    ChangePlaceForm,
    CoverForm,
    EndMembershipForm,
    HowSureForm,
    MemberForm,
    TrainingForm,
)
from alongside.casework.accounts.forms.organisations import NewOrganisationForm, ProfileForm, TeamForm
from alongside.casework.accounts.forms.second_factor import CodeForm, PasskeyField, PasskeyForm, ProofForm
from alongside.casework.accounts.forms.signing import (
    ChooseOrganisationForm,
    ChoosePasswordForm,
    ChoosePurposeForm,
    SignInForm,
)

__all__ = [
    "AbsenceForm",
    "ChangePlaceForm",
    "ChooseOrganisationForm",
    "ChoosePasswordForm",
    "ChoosePurposeForm",
    "CodeForm",
    "CoverForm",
    "EndMembershipForm",
    "HowSureForm",
    "MemberForm",
    "NewOrganisationForm",
    "PasskeyField",
    "PasskeyForm",
    "ProfileForm",
    "ProofForm",
    "SignInForm",
    "TeamForm",
    "TrainingForm",
]

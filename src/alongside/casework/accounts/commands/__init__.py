"""What is done with the partnership, its organisations and their members."""

from alongside.casework.accounts.commands.absence import begin_absence, end_absence
from alongside.casework.accounts.commands.members import add_member, end_membership, note_training
from alongside.casework.accounts.commands.partnership import (
    begin_partnership,
    describe_organisation,
    form_team,
    take_in_organisation,
)
from alongside.casework.accounts.commands.second_factor import (
    set_up_second_factor,
    sign_in_with_code,
    take_off_second_factor,
)
from alongside.casework.accounts.commands.signing import (
    choose_password,
    choose_purpose,
    note_sign_in,
    note_sign_in_through_provider,
    note_sign_out,
)

__all__ = [
    "add_member",
    "begin_absence",
    "begin_partnership",
    "choose_password",
    "choose_purpose",
    "describe_organisation",
    "end_absence",
    "end_membership",
    "form_team",
    "note_sign_in",
    "note_sign_in_through_provider",
    "note_sign_out",
    "note_training",
    "set_up_second_factor",
    "sign_in_with_code",
    "take_in_organisation",
    "take_off_second_factor",
]

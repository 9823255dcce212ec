"""What is done with the partnership, its organisations and their members."""

from alongside.casework.accounts.commands.absence import begin_absence, change_cover, end_absence
from alongside.casework.accounts.commands.changing import change_member
from alongside.casework.accounts.commands.lost_factor import (
    seal_second_factors_anew,
    take_off_second_factor_by_hand,
    take_off_second_factor_of,
)
from alongside.casework.accounts.commands.lost_password import (
    give_new_password_by_hand,
    give_new_password_to,
)
from alongside.casework.accounts.commands.members import (
    NoAddressError,
    add_member,
    end_membership,
    withdraw_leaving_day,
)
from alongside.casework.accounts.commands.partnership import (
    begin_partnership,
    change_team,
    describe_organisation,
    form_team,
    take_in_organisation,
)
from alongside.casework.accounts.commands.second_factor import (
    add_passkey,
    confirm_it_is_you,
    remove_passkey,
    set_up_second_factor,
    sign_in_with_second_factor,
    take_off_app,
)
from alongside.casework.accounts.commands.sign_on import (
    bind_subject,
    forget_sign_on_by_hand,
    note_sign_on_of_another,
)
from alongside.casework.accounts.commands.signing import (
    choose_password,
    choose_purpose,
    note_sign_in,
    note_sign_in_through_provider,
    note_sign_out,
)
from alongside.casework.accounts.commands.training import note_training, withdraw_training

__all__ = [
    "NoAddressError",
    "add_member",
    "add_passkey",
    "begin_absence",
    "begin_partnership",
    "bind_subject",
    "change_cover",
    "change_member",
    "change_team",
    "choose_password",
    "choose_purpose",
    "confirm_it_is_you",
    "describe_organisation",
    "end_absence",
    "end_membership",
    "forget_sign_on_by_hand",
    "form_team",
    "give_new_password_by_hand",
    "give_new_password_to",
    "note_sign_in",
    "note_sign_in_through_provider",
    "note_sign_on_of_another",
    "note_sign_out",
    "note_training",
    "remove_passkey",
    "seal_second_factors_anew",
    "set_up_second_factor",
    "sign_in_with_second_factor",
    "take_in_organisation",
    "take_off_app",
    "take_off_second_factor_by_hand",
    "take_off_second_factor_of",
    "withdraw_leaving_day",
    "withdraw_training",
]

"""Addresses of accounts."""

from django.urls import path

from alongside.casework.accounts.views import (
    absence,
    lost_factor,
    members,
    organisations,
    passkeys,
    purposes,
    second_factor,
    sign_on,
    signing,
    teams,
)

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-in/help/", lost_factor.cannot_sign_in, name="cannot_sign_in"),
    path("sign-in/code/", second_factor.give_code, name="give_code"),
    path("sign-in/provider/", sign_on.leave, name="leave"),
    path("sign-in/provider/back/", sign_on.come_back, name="come_back"),
    path("sign-in/demonstration/", signing.demonstration_sign_in, name="demonstration_sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("choose-organisation/", signing.choose_organisation, name="choose_organisation"),
    path("choose-purpose/", purposes.choose_purpose, name="choose_purpose"),
    path("choose-password/", signing.choose_password, name="choose_password"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.take_in_organisation, name="take_in_organisation"),
    path("organisations/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<uuid:organisation_id>/change/",
        organisations.describe_organisation,
        name="describe_organisation",
    ),
    path("members/", members.members, name="members"),
    path("members/new/", members.add_member, name="add_member"),
    path("members/<uuid:membership_id>/change/", members.change_member, name="change_member"),
    path("members/<uuid:membership_id>/end/", members.end_membership, name="end_membership"),
    path("members/<uuid:membership_id>/stays/", members.stays, name="stays"),
    path("members/<uuid:membership_id>/training/", members.note_training, name="note_training"),
    path(
        "members/<uuid:membership_id>/training/<uuid:training_id>/withdraw/",
        members.withdraw_training,
        name="withdraw_training",
    ),
    path(
        "members/<uuid:membership_id>/second-factor/",
        lost_factor.take_off_second_factor_of,
        name="take_off_second_factor_of",
    ),
    path(
        "members/<uuid:membership_id>/new-password/",
        lost_factor.give_new_password_to,
        name="give_new_password_to",
    ),
    path("members/<uuid:membership_id>/absence/", absence.absence_of, name="absence_of"),
    path(
        "members/<uuid:membership_id>/absence/<uuid:absence_id>/end/",
        absence.end_absence_of,
        name="end_absence_of",
    ),
    path(
        "members/<uuid:membership_id>/absence/<uuid:absence_id>/cover/",
        absence.change_cover_of,
        name="change_cover_of",
    ),
    path("teams/new/", teams.form_team, name="form_team"),
    path("teams/<uuid:team_id>/change/", teams.change_team, name="change_team"),
    path("my-security/", second_factor.my_security, name="my_security"),
    path("my-security/set-up/", second_factor.set_up, name="set_up_second_factor"),
    path("my-security/take-off/", second_factor.take_off, name="take_off_second_factor"),
    path("my-security/confirm/", second_factor.confirm_it_is_you, name="confirm_it_is_you"),
    path("my-security/passkeys/new/", passkeys.add_passkey, name="add_passkey"),
    path("my-security/passkeys/<int:passkey_id>/remove/", passkeys.remove_passkey, name="remove_passkey"),
    path("my-absence/", absence.my_absence, name="my_absence"),
    path("my-absence/<uuid:absence_id>/end/", absence.end_absence, name="end_absence"),
    path("my-absence/<uuid:absence_id>/cover/", absence.change_cover, name="change_cover"),
]

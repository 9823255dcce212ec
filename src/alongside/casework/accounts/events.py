"""What accounts record."""

from alongside.casework.audit.registry import event_type, keep_all

PARTNERSHIP_BEGUN = event_type(
    "accounts.partnership_begun", "{actor} set up the partnership, with {organisation}", shredder=keep_all
)
ORGANISATION_JOINED = event_type(
    "accounts.organisation_joined", "{actor} added {organisation} to the partnership", shredder=keep_all
)
ORGANISATION_DESCRIBED = event_type(
    "accounts.organisation_described", "{actor} changed the profile of {organisation}", shredder=keep_all
)
TEAM_FORMED = event_type("accounts.team_formed", "{actor} formed the team {team}", shredder=keep_all)
TEAM_CHANGED = event_type("accounts.team_changed", "{actor} changed the team {team}", shredder=keep_all)
MEMBER_ADDED = event_type("accounts.member_added", "{actor} added {member} as {roles}")
MEMBER_CHANGED = event_type(
    "accounts.member_changed", "{actor} changed the membership of {member} from {before} to {after}"
)
MEMBER_LEFT = event_type("accounts.member_left", "{actor} ended the membership of {member} from {day}")
LEAVING_DAY_CHANGED = event_type(
    "accounts.leaving_day_changed",
    "{actor} changed the day from which {member} is no longer a member: {day}, before: {before}",
)
LEAVING_DAY_WITHDRAWN = event_type(
    "accounts.leaving_day_withdrawn",
    "{actor} recorded that {member} stays a member; they were to leave on {before}",
)
ABSENCE_BEGUN = event_type("accounts.absence_begun", "{actor} noted that {member} is away from {day}")
COVER_NAMED = event_type(
    "accounts.cover_named", "{actor} noted that {cover} covers the work of {member} from {day}"
)
COVER_ENDED = event_type(
    "accounts.cover_ended", "{actor} noted that {cover} no longer covers the work of {member} from {day}"
)
ABSENCE_ENDED = event_type("accounts.absence_ended", "{actor} noted that {member} is back on {day}")
ABSENCE_CANCELLED = event_type(
    "accounts.absence_cancelled", "{actor} cancelled the absence of {member} that was to begin on {day}"
)
TRAINING_NOTED = event_type("accounts.training_noted", "{actor} noted that {member} did {course}")
TRAINING_CORRECTED = event_type(
    "accounts.training_corrected",
    "{actor} corrected when {course}, which {member} did on {day}, expires: {expires}, before: {before}",
)
TRAINING_WITHDRAWN = event_type(
    "accounts.training_withdrawn",
    "{actor} withdrew the record that {member} did {course} on {day}",
)
SIGNED_IN = event_type("accounts.signed_in", "{actor} signed in", shredder=keep_all)
SIGNED_IN_THROUGH_PROVIDER = event_type(
    "accounts.signed_in_through_provider", "{actor} signed in through {provider}", shredder=keep_all
)
SIGN_ON_BOUND = event_type(
    "accounts.sign_on_bound",
    "{actor} is now recognised by their account with {provider}, no longer by e-mail address",
    shredder=keep_all,
)
PASSWORD_DROPPED = event_type(
    "accounts.password_dropped",
    "{actor} now signs in through {provider}, so their unused one-time password no longer works",
    shredder=keep_all,
)
SIGN_ON_OF_ANOTHER = event_type(
    "accounts.sign_on_of_another",
    "{actor} let nobody in: {provider} says that the e-mail address of {member} is now somebody else\u2019s",
)
SIGN_ON_FORGOTTEN = event_type(
    "accounts.sign_on_forgotten",
    "{actor} let {member} be recognised by e-mail address at their next sign-on; how they checked: "
    "{how_sure}",
)
SIGNED_OUT = event_type("accounts.signed_out", "{actor} signed out", shredder=keep_all)
SECOND_FACTOR_SET_UP = event_type(
    "accounts.second_factor_set_up", "{actor} set up a second factor", shredder=keep_all
)
SECOND_FACTOR_TAKEN_OFF = event_type(
    "accounts.second_factor_taken_off", "{actor} removed their second factor", shredder=keep_all
)
PASSKEY_ADDED = event_type("accounts.passkey_added", "{actor} added a passkey", shredder=keep_all)
PASSKEY_REMOVED = event_type("accounts.passkey_removed", "{actor} removed a passkey", shredder=keep_all)
IDENTITY_CONFIRMED = event_type(
    "accounts.identity_confirmed",
    "{actor} confirmed who they are with their second factor, before changing how somebody signs in",
    shredder=keep_all,
)
SECOND_FACTOR_TAKEN_OFF_FOR = event_type(
    "accounts.second_factor_taken_off_for",
    "{actor} removed the second factor of {member}, who had lost it; how they checked: {how_sure}",
)
PASSWORD_GIVEN_TO = event_type(
    "accounts.password_given_to",
    "{actor} gave {member}, who could not sign in, a one-time password; how they checked: {how_sure}",
)
SECOND_FACTORS_RESEALED = event_type(
    "accounts.second_factors_resealed",
    "{actor} resealed the second factors, {count} with the newest key; {lost} could not be opened",
    shredder=keep_all,
)
RECOVERY_CODE_USED = event_type(
    "accounts.recovery_code_used", "{actor} used a recovery code; {left} are left", shredder=keep_all
)
PURPOSE_CHOSEN = event_type(
    "accounts.purpose_chosen",
    "{actor} chose to work for {chosen} from now on; before: {before}",
    shredder=keep_all,
)
PASSWORD_CHOSEN = event_type("accounts.password_chosen", "{actor} chose a password", shredder=keep_all)
DAY_SEEN = event_type(
    "accounts.day_seen",
    "{actor} was shown their Today page, with {people} lines that name somebody",
    shredder=keep_all,
)

"""Choosing, telling and sending."""

from alongside.casework.notices.commands.choosing import choose_notices
from alongside.casework.notices.commands.sending import Sent, send_due_notices
from alongside.casework.notices.commands.telling import (
    tell_holders,
    tell_members,
    tell_named,
    tell_of_own_account,
    tell_those_who_may,
)

__all__ = [
    "Sent",
    "choose_notices",
    "send_due_notices",
    "tell_holders",
    "tell_members",
    "tell_named",
    "tell_of_own_account",
    "tell_those_who_may",
]

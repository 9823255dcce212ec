"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext


class NoticesConfig(AppConfig):
    """Notices by e-mail."""

    name = "alongside.casework.notices"
    label = "notices"

    def ready(self) -> None:
        """Add this app's line to the schedule, and its ways to tell members what concerns themselves."""
        from alongside.casework.accounts.telling import MEMBER_TELLERS, TELLERS
        from alongside.casework.background.rules import every
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.notices.commands.telling import SENDING, tell_members, tell_of_own_account
        from alongside.casework.notices.jobs import send_notices

        TELLERS.append(tell_of_own_account)
        MEMBER_TELLERS.append(tell_members)
        schedule(
            Scheduled(
                code=SENDING,
                rhythm=every(minutes=10),
                job=send_notices,
                title=lambda: gettext("Send notices"),
                what=lambda: gettext(
                    "Tells members by e-mail that something is waiting for them, at most once an hour each. "
                    "It says neither what nor about whom. It also runs one minute after something starts to "
                    "wait, and at once if somebody else may have changed what a member signs in with: they "
                    "are told about that even if they had an e-mail within the hour."
                ),
            )
        )
